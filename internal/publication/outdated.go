package publication

import (
	"context"
	"strings"

	"github.com/cityrights/cityrights/internal/platform/database"
)

// Outdated gives the number of cities whose public documents were made by another standard, threshold or version of the program than this
// one's: what is public of them is not what this program would publish. Documents of another year do not count, since a running node makes
// them anew within a minute of New Year.
func (r *Room) Outdated(ctx context.Context) (outdated int, err error) {
	_, ours, _ := strings.Cut(r.madeBy(), " ")
	err = r.db.Read(ctx, func(tx database.Tx) error {
		rows, err := tx.Query(ctx, `SELECT coalesce(m.made_by, ''), count(*) FROM publication_document d
			LEFT JOIN publication_made m ON m.city_id = d.city_id WHERE d.kind = $1 AND d.name = '' GROUP BY m.made_by`, kindEntry)
		if err != nil {
			return err
		}
		defer func() { _ = rows.Close() }()
		for rows.Next() {
			var madeBy string
			var cities int
			if err := rows.Scan(&madeBy, &cities); err != nil {
				return err
			}
			if _, theirs, _ := strings.Cut(madeBy, " "); theirs != ours {
				outdated += cities
			}
		}
		return rows.Err()
	})
	return outdated, err
}
