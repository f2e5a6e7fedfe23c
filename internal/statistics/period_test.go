package statistics

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"
)

func TestEveryFormOfAPeriodGivesItsFirstAndLastDay(t *testing.T) {
	for text, want := range map[string]string{
		"2018": "20180101-20181231", " 2018 ": "20180101-20181231", "2018.0": "20180101-20181231", "FY 2018": "20180101-20181231", "2011 Census": "20110101-20111231",
		"2018-19": "20180101-20191231", "2018/19": "20180101-20191231", "2018–19": "20180101-20191231", "2018 - 19": "20180101-20191231", "2018-2019": "20180101-20191231",
		"2012/2013": "20120101-20131231", "2004-2013": "20040101-20131231", "2004 - 2013": "20040101-20131231", "2000 - 02": "20000101-20021231", "1999-00": "19990101-20001231",
		"2018 to 2019": "20180101-20191231", "2018-19 financial year": "20180101-20191231", "FY2018/19": "20180101-20191231", "2011–12": "20110101-20121231", "201819": "20180101-20191231",
		"2014-11": "20141101-20141130", "2014M11": "20141101-20141130", "2014-1": "20140101-20140131", "11/2014": "20141101-20141130", "Nov 2014": "20141101-20141130",
		"2018 November": "20181101-20181130", "November-2014": "20141101-20141130", "Nov-14": "20141101-20141130", "février 2016": "20160201-20160229", "201411": "20141101-20141130",
		"2014 Q1": "20140101-20140331", "2014-Q4": "20141001-20141231", "Q2 2014": "20140401-20140630", "2014-S2": "20140701-20141231", "2014H1": "20140101-20140630",
		"2014-W01": "20131230-20140105", "2021-07-27": "20210727-20210727", "2021-07-27T00:00:00Z": "20210727-20210727", "2021-07-27 00:00:00": "20210727-20210727",
		"2021/7/27": "20210727-20210727", "20210727": "20210727-20210727", "27/07/2021": "20210727-20210727", "07/27/2021": "20210727-20210727", "27.07.2021": "20210727-20210727",
		"27 July 2021": "20210727-20210727", "27th July 2021": "20210727-20210727", "July 27, 2021": "20210727-20210727", "27-Jul-2021": "20210727-20210727", "05/05/2021": "20210505-20210505",
		"April 2018 - March 2019": "20180401-20190331", "Jan-Mar 2019": "20190101-20190331", "2018-04-01/2019-03-31": "20180401-20190331", "1 April 2018 to 31 March 2019": "20180401-20190331",
		"year ending March 2019": "20180401-20190331", "01/04/2018-31/03/2019": "20180401-20190331", "04/01/2018 - 03/31/2019": "20180401-20190331", "Mid-2018": "20180101-20181231",
		"12 months to 30 June 2019": "20180701-20190630", "year ending 15 June 2019": "20180616-20190615", "2019*": "20190101-20191231",
		"2019 (provisional)": "20190101-20191231", "2019p": "20190101-20191231", "2018-19 (r)": "20180101-20191231",
	} {
		got, _, v := readPeriods([]string{text}, AskPeriod).of(text)
		if v != clear || fmt.Sprintf("%d-%d", got.Start, got.End) != want {
			t.Errorf("%q: got %d-%d (%v), want %s", text, got.Start, got.End, v, want)
		}
	}
}

func TestTextThatIsNoPeriodIsNotRead(t *testing.T) {
	for _, text := range []string{"", "latest", "20199", "0999", "2019-13-01", "2019-02-30", "31/04/2019", "13/13/2019", "2019-2018", "2018-99", "Q5 2019", "2019-W54", "2015-W53x", "Value",
		"2019-20-21", "99", "27/07/21", "Smarch 2019", "2019 Q0", "-2019", "2019,5", "1/2", "May", "2018.1", "March 2019 to April 2018", "2301"} {
		if got, _, v := readPeriods([]string{text}, AskPeriod).of(text); v != unread {
			t.Errorf("%q was read as %+v (%v)", text, got, v)
		}
	}
}

func TestWhatHasTwoMeaningsIsDecidedByItsColumnOrAskedFor(t *testing.T) {
	for name, c := range map[string]struct {
		text   string
		column []string
		rule   PeriodRule
		want   int // first day
		v      verdict
	}{
		"alone it is asked for":                    {"2011-12", nil, AskPeriod, 0, asked},
		"so is a span of two years":                {"2000-02", nil, AskPeriod, 0, asked},
		"a span beside it proves a span":           {"2011-12", []string{"2012-13"}, AskPeriod, 20110101, concluded},
		"a long span beside it too":                {"2011-12", []string{"2004-2013"}, AskPeriod, 20110101, concluded},
		"a month beside it proves a month":         {"2011-12", []string{"2014-11"}, AskPeriod, 20111201, concluded},
		"both beside it prove nothing":             {"2011-12", []string{"2014-11", "2012-13"}, AskPeriod, 0, asked},
		"years and days beside it prove nothing":   {"2011-12", []string{"2010", "2011-07-27", "July 2011"}, AskPeriod, 0, asked},
		"what is written otherwise proves nothing": {"2011-12", []string{"2012/13", "2013 - 14"}, AskPeriod, 0, asked},
		"months beside years with a slash":         {"2007/08", []string{"2014-11", "2012/13"}, AskPeriod, 20070101, clear},
		"the mapping says span":                    {"2011-12", nil, SpanPeriod, 20110101, clear},
		"the mapping says month":                   {"2011-12", []string{"2012-13"}, MonthPeriod, 20111201, clear},
		"with a slash it is a span":                {"2011/12", nil, AskPeriod, 20110101, clear},
		"unless the column has months":             {"2011/12", []string{"2014/11"}, AskPeriod, 20111201, concluded},
		"a clear span stays one":                   {"2012-13", nil, MonthPeriod, 20120101, clear},
		"a clear month stays one":                  {"2014-11", nil, SpanPeriod, 20141101, clear},
		"day and month are asked for":              {"05/06/2019", nil, AskPeriod, 0, asked},
		"a day behind 12 proves day first":         {"05/06/2019", []string{"27/07/2021"}, AskPeriod, 20190605, concluded},
		"a month behind 12 proves month first":     {"05/06/2019", []string{"07/27/2021"}, AskPeriod, 20190506, concluded},
		"and both prove nothing about days":        {"05/06/2019", []string{"07/27/2021", "27/07/2021"}, AskPeriod, 0, asked},
		"spans say nothing about days and months":  {"05/06/2019", []string{"2012-13"}, SpanPeriod, 0, asked},
	} {
		got, _, v := readPeriods(append(c.column, c.text), c.rule).of(c.text)
		if v != c.v || c.want != 0 && got.Start != c.want {
			t.Errorf("%s: got %d (%v)", name, got.Start, v)
		}
	}
}

func TestAPeriodNeverEndsBeforeItStarts(t *testing.T) {
	form := rapid.StringMatching(`[0-9]{4}[-/ ]{0,3}(to )?[0-9]{0,4}([-/][0-9]{1,2})?|[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{4}|(Q[1-4]|Jan|W5|year to May) ?[0-9]{4}`)
	rapid.Check(t, func(t *rapid.T) {
		text := form.Draw(t, "text")
		for _, rule := range []PeriodRule{AskPeriod, SpanPeriod, MonthPeriod} {
			if p, _, v := readPeriods([]string{text}, rule).of(text); v != unread && !sane(p) {
				t.Fatalf("%q gives %+v", text, p)
			}
		}
	})
}

func sane(p Period) bool {
	real := func(d int) bool {
		_, ok := dayPeriod(d/10000, d/100%100, d%100)
		return ok || d/10000 < firstYear || d/10000 > lastYear // a week or a year to a day may begin outside
	}
	return p.Start <= p.End && real(p.Start) && real(p.End)
}

func FuzzPeriod(f *testing.F) {
	for _, seed := range []string{"2018-19", "2018/19", "2004 - 2013", "2014-11", "2021-07-27", "2011-12", "Q1 2019", "year ending March 2019", "Jan-Mar 2019", "05/06/2019", "2014-W53"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if p, _, v := readPeriods([]string{text}, SpanPeriod).of(text); v != unread && !sane(p) {
			t.Fatalf("%q gives %+v", text, p)
		}
	})
}
