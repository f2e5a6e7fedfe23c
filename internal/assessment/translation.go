package assessment

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/language"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/measure/scorecard"
)

// Translation is what an organisation says, in another language. The original stays what counts.
type Translation struct {
	Language string // BCP 47
	Text     string
	Machine  bool  // made by a machine
	Outdated bool  // the original has changed since: it is not shown to the public
	At       int64 // unix milliseconds
	By       string
}

// Translate keeps a translation of an answer's reasons in place of the one that there was in its language; an empty text takes it away.
// Returns Invalid for what is no language, for the original's own language, for a text that is too long, and where there is nothing to translate.
func (r *Room) Translate(ctx context.Context, by account.Actor, key Key, t Translation) error {
	tag, err := language.Parse(t.Language)
	if err != nil || tag == language.Und {
		return fault.SaidOf("language", "error.translation.language", `"{Language}" is no language`, "Language", t.Language)
	}
	t.Language, t.Text = tag.String(), strings.TrimSpace(t.Text)
	if utf8.RuneCountInString(t.Text) > longestReasons {
		return fault.SaidOf("text", "error.answer.long", "it is longer than {Most} characters", "Most", longestReasons)
	}
	if !utf8.ValidString(t.Text) {
		return fault.SaidOf("text", "error.answer.not_text", "it is no text")
	}
	return r.db.Write(ctx, func(tx database.Tx) error {
		e, err := r.Entry(ctx, tx, key)
		if err != nil {
			return err
		}
		if e.Reasons == "" {
			return fault.SaidOf("text", "error.translation.nothing", "the answer has no text to translate")
		}
		if e.Language == t.Language {
			return fault.SaidOf("language", "error.translation.same", "the answer is written in this language")
		}
		if t.Text == "" {
			_, err = tx.Exec(ctx, `DELETE FROM assessment_translation
				WHERE city_id = $1 AND period = $2 AND requirement = $3 AND organisation_id = $4 AND language = $5`,
				key.City, key.Period, key.Requirement, key.Organisation, t.Language)
		} else {
			machine := 0
			if t.Machine {
				machine = 1
			}
			_, err = tx.Exec(ctx, `INSERT INTO assessment_translation
				(city_id, period, requirement, organisation_id, language, translation, original, machine, at, by_person)
				VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
				ON CONFLICT (city_id, period, requirement, organisation_id, language) DO UPDATE SET translation = excluded.translation,
					original = excluded.original, machine = excluded.machine, at = excluded.at, by_person = excluded.by_person`,
				key.City, key.Period, key.Requirement, key.Organisation, t.Language, t.Text, e.Reasons, machine, r.Clock.Now().UnixMilli(), by.Person)
		}
		if err != nil {
			return err
		}
		return r.changed(ctx, tx, key.City)
	})
}

// Translations gives the translations of an answer, in the order of their languages' tags.
func (r *Room) Translations(ctx context.Context, tx database.Tx, key Key) ([]Translation, error) {
	e, err := r.Entry(ctx, tx, key)
	if err != nil {
		return nil, err
	}
	all, err := readTranslations(ctx, tx, "city_id = $1 AND period = $2 AND requirement = $3 AND organisation_id = $4",
		key.City, key.Period, key.Requirement, key.Organisation)
	var list []Translation
	for _, one := range all {
		one.Outdated = one.original != e.Reasons
		list = append(list, one.Translation)
	}
	return list, err
}

// translated is a translation with what it belongs to.
type translated struct {
	Translation
	requirement, organisation, original string
}

func readTranslations(ctx context.Context, tx database.Tx, where string, args ...any) (all []translated, err error) {
	rows, err := tx.Query(ctx, `SELECT requirement, organisation_id, language, translation, original, machine, at, by_person
		FROM assessment_translation WHERE `+where, args...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var t translated
		if err := rows.Scan(&t.requirement, &t.organisation, &t.Language, &t.Text, &t.original, &t.Machine, &t.At, &t.By); err != nil {
			return nil, err
		}
		all = append(all, t)
	}
	slices.SortFunc(all, func(a, b translated) int { return strings.Compare(a.Language, b.Language) })
	return all, rows.Err()
}

// translate puts the translations that are not out of date beside the answers of a cycle.
func translate(ctx context.Context, tx database.Tx, cityID, period string, entries []Entry, given []scorecard.Given) error {
	all, err := readTranslations(ctx, tx, "city_id = $1 AND period = $2", cityID, period)
	for _, t := range all {
		for i, e := range entries {
			if e.Requirement == t.requirement && e.Organisation == t.organisation && e.Reasons == t.original {
				given[i].Translations = append(given[i].Translations, scorecard.Translation{Language: t.Language, Text: t.Text, Machine: t.Machine})
			}
		}
	}
	return err
}
