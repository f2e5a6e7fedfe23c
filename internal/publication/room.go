package publication

import (
	"context"

	"github.com/cityrights/cityrights/disclosure"
	"github.com/cityrights/cityrights/internal/assessment"
	"github.com/cityrights/cityrights/internal/city"
	"github.com/cityrights/cityrights/internal/platform/clock"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/statistics"
)

// Figures gives the series of a city and how they came about; statistics.Room does.
type Figures interface {
	assessment.Figures
	MappingOf(ctx context.Context, tx database.Tx, cityID string) (statistics.Mapping, error)
	Revisions(ctx context.Context, tx database.Tx, cityID, indicator string) ([]statistics.Revision, error)
}

// Room makes, keeps and gives the public documents. Its fields are set before it is first used.
type Room struct {
	db          *database.DB
	cities      *city.Room
	figures     Figures
	assessments *assessment.Room
	// Threshold is the smallest number of people behind a public figure that no official source has published; New sets the usual one.
	Threshold disclosure.Threshold
	// Clock tells when a document was changed; New sets the machine's.
	Clock clock.Clock

	caught caughtUp
}

// New makes the room over those that it shows.
func New(db *database.DB, cities *city.Room, figures Figures, assessments *assessment.Room) *Room {
	return &Room{db: db, cities: cities, figures: figures, assessments: assessments, Clock: clock.System{}}
}
