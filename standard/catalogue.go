package standard

// Catalogue lists the instruments of human rights law and practice, and their articles, to which requirements link.
type Catalogue struct {
	Instruments []Instrument
}

// Instrument is a treaty, charter, declaration or other text.
type Instrument struct {
	Key, Name, Issuer string
	Year              int
	Articles          []Article
}

// Article is one article, target or principle of an instrument, under a short title.
type Article struct {
	Instrument  string
	Number      string // as cited: "11", "VII", "P1-2", "16.7"
	Title       string
	Part        string
	TitleKind   string // own, official or official-short
	Check       Check
	CheckSource string
}

// Instrument finds an instrument by its key; false if there is none.
func (c *Catalogue) Instrument(key string) (*Instrument, bool) {
	for i := range c.Instruments {
		if c.Instruments[i].Key == key {
			return &c.Instruments[i], true
		}
	}
	return nil, false
}

// Article resolves a link; false if the instrument or the article is not in the catalogue.
func (c *Catalogue) Article(l Link) (*Article, bool) {
	in, ok := c.Instrument(l.Instrument)
	if !ok {
		return nil, false
	}
	for i := range in.Articles {
		if in.Articles[i].Number == l.Article {
			return &in.Articles[i], true
		}
	}
	return nil, false
}
