package api

import "github.com/cityrights/cityrights/internal/account"

const (
	root         = "/api/v1"
	documentPath = "/api/openapi.json"
)

// operations are all that the door answers. Addresses are promised in docs/api.md; extend them freely, never rename one.
func operations() []operation {
	const (
		oneCity       = root + "/cities/{city}"
		oneAssessment = oneCity + "/assessments/{period}"
		oneSeries     = oneCity + "/series/{indicator}"
		oneStandard   = root + "/standards/{standard}/{version}"
	)
	return []operation{
		gives("list-cities", root+"/cities", public, "The cities, by their codes", (*Server).cities),
		tabled("list-cities-csv", root+"/cities", public, "All cities as a table", (*Server).citiesTable),
		gives("get-city", oneCity, public, "A city with its assessments", (*Server).city),
		gives("list-assessments", oneCity+"/assessments", public, "The assessments of a city, the newest first", (*Server).assessments),
		gives("get-scorecard", oneAssessment+"/scorecard", public, "All that an assessment comes to, with its grounds; there is no total", (*Server).scorecard),
		tabled("get-scorecard-csv", oneAssessment+"/scorecard", public, "A scorecard as a table", (*Server).scorecardTable),
		gives("list-answers", oneAssessment+"/answers", public, "What authority, civil society and residents answered, by requirement", (*Server).answers),
		gives("list-cycle-answers", oneCity+"/cycles/{period}/answers", either, "The answers of a cycle: those that are public, or with a token those that its person may see", (*Server).cycleAnswers),
		gives("import-statistics", oneCity+"/statistics", byToken(account.Import), "Import statistics of a city, or only see what would change", (*Server).importStatistics).
			takes("The body is one table, tidy CSV or SDMX-CSV, in UTF-8, of at most 32 MB; what is in it is found by its header. It is read by the mapping that the city has; " +
				"docs/import.md says how. It holds all figures of each source indicator that it names: those that it lacks are withdrawn. Ask with dry_run first. The same table again changes nothing."),
		gives("list-series", oneCity+"/series", public, "The statistics of a city, by their indicators", (*Server).seriesList),
		gives("get-series", oneSeries, public, "All values of an indicator with their groups, intervals, sources and revisions", (*Server).series),
		tabled("get-series-csv", oneSeries, public, "A series as a table, a row for each value", (*Server).seriesTable),
		gives("list-standards", root+"/standards", public, "The standards that this node carries", (*Server).standards),
		gives("get-standard", oneStandard, public, "A whole standard with its indicators, the law behind it and its translations", (*Server).standard),
		tabled("get-standard-csv", oneStandard, public, "A standard as a table, in its own language or another", (*Server).standardTable),
		gives("get-standard-translation", oneStandard+"/translations/{language}", public, "All texts of a standard in another language", (*Server).translation),
	}
}
