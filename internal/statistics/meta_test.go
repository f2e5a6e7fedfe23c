package statistics

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWhatTheMetadataSayStandsBesideTheFigures(t *testing.T) {
	w := sqliteWorld(t)
	_, _, err := w.take(folderOf(map[string]string{
		"data/indicator_1-2-1.csv": plainData, "data/indicator_1-2-2.csv": plainData, "data/indicator_1-2-3.csv": plainData,
		"config_data.yml":         "inputs:\n- class: InputCsvData\n  path_pattern: data/*-*.csv\n- class: InputYamlMdMeta\n  path_pattern: global/*-*.md\n- class: InputCsvMeta\n  path_pattern: own/*-*.csv\n  metadata_mapping: labels.csv\n",
		"labels.csv":              "Indicator available,indicator_available\r\nWho,source_organisation_1\r\nSource 1 link to data source,source_url_1\r\nNonsense\r\n",
		"global/1-2-1.md":         "---\nreporting_status: notstarted\nindicator_name: local.1-2-1-title\nindicator_number: 1.2.1\nsource_organisation_1: Org name\n---\nText\n",
		"global/1-2-2.md":         "\xef\xbb\xbf---\r\nindicator_name: Poverty in the \"city\"\r\nsource_active_1: false\r\nsource_organisation_1: Old\r\nsource_url_1: https://old.example/\r\nsource_organisation_2: New\r\nsource_url_2: '[Tables](https://new.example/t)'\r\ncomputation_units: Per cent\r\n---\r\n",
		"global/1-2-3.md":         "---\nindicator_name: a: b: c\n---\n",
		"own/1-2-1.csv":           "\xef\xbb\xbfNational metadata,\r\nIndicator available,\"People in\r\npoverty\"\r\nWho,Statistics office\r\nSource 1 link to data source, https://example.org/a b\r\nSource 1 periodicity,Annual\r\nSource 1 statistical classification,National Statistic\r\nReporting status,complete\r\nDefinitions,\"what data is being shown specifically, \"\r\nCalculations,Share of all\r\nGeographical coverage,Springfield\r\n",
		"own/1-2-3.csv":           "Indicator available,Title\nWho,Office\nSource 1 link to data source,javascript:alert(1)\n",
		"translations/en/loc.yml": "x: y\n", "translations/en/local.yml": "1-2-1-title: Rents paid in town\n",
	}), rowsOf("LIV.1.O1,1-2-1,,value,%,exact", "LIV.1.O2,1-2-2,,value,,exact", "LIV.1.O2,1-2-3,,value,p,close"))
	if err != nil {
		t.Fatal(err)
	}
	list := w.series("city1")
	want := []Source{
		{Code: "1-2-1", Title: "People in poverty", Publisher: "Statistics office", URLText: "https://example.org/a b", Periodicity: "Annual", Classification: "National Statistic", Method: "Share of all", Coverage: "Springfield", Retrieved: 1_000_000},
		{Code: "1-2-2", Title: `Poverty in the "city"`, Publisher: "New", URL: "https://new.example/t", URLText: "Tables", Official: true, Retrieved: 1_000_000},
		{Code: "1-2-3", Title: "1-2-3", Publisher: "Office", URLText: "javascript:alert(1)", Retrieved: 1_000_000},
	}
	for i, s := range list {
		if diff := cmp.Diff([]Source{want[i]}, s.Sources); diff != "" {
			t.Error(diff)
		}
	}
	if list[1].Unit != "Per cent" {
		t.Errorf("the unit of the source does not stand in: %q", list[1].Unit)
	}
}

func TestMetadataThatSpeakAgainstTheDataAreNamed(t *testing.T) {
	meta := func(text, data string) map[string]string {
		return map[string]string{"data/indicator_1-2-1.csv": data, "meta/1-2-1.md": "---\n" + text + "\n---\n", "indicator_9-9-9.csv": plainData}
	}
	runTraps(t, map[string]trap{
		"not started, with data": {files: meta("reporting_status: notstarted", plainData), mapping: plainRow, want: []string{"warning indicator_1-2-1.csv: reporting_status meta.status", "LIV.1.O1 % exact: 2018=1 2019=2"}},
		"not started, all zero":  {files: meta("reporting_status: notstarted", "Year,Value\n2018,0\n2019,0\n"), mapping: plainRow, want: []string{"file indicator_1-2-1.csv skipped skip.unstarted"}},
		"complete, all zero":     {files: meta("reporting_status: complete", "Year,Value\n2018,0\n2019,0\n"), mapping: plainRow, want: []string{"LIV.1.O1 % exact: 2018=0 2019=0"}},
		"not published":          {files: meta("published: false", plainData), mapping: plainRow, want: []string{"file indicator_1-2-1.csv skipped skip.unpublished"}},
		"not statistical":        {files: meta("data_non_statistical: true", plainData), mapping: plainRow, want: []string{"warning indicator_1-2-1.csv: data_non_statistical meta.nonstatistical", "file indicator_1-2-1.csv imported"}},
		"another number":         {files: meta("indicator_number: 3.4.1", plainData), mapping: plainRow, want: []string{"warning indicator_1-2-1.csv: indicator_number meta.number"}},
		"a form not filled in":   {files: meta("indicator_available: Dataset title", plainData), mapping: plainRow, want: []string{"warning indicator_1-2-1.csv: indicator_available meta.form"}},
		"broken YAML":            {files: meta("a: b: c", plainData), mapping: plainRow, want: []string{"warning meta/1-2-1.md meta.unread", "file indicator_1-2-1.csv imported"}},
		"no front matter":        {files: map[string]string{"data/indicator_1-2-1.csv": plainData, "meta/1-2-1.md": "Hello"}, mapping: plainRow, want: []string{"warning meta/1-2-1.md meta.unread"}},
		"two files, two stories": {
			files: map[string]string{"data/indicator_1-2-1.csv": plainData, "meta/1-2-1.md": "---\nreporting_status: notstarted\nindicator_name: Average rent of flats\n---\n",
				"csv-meta/1-2-1.csv": "Reporting status,complete\nIndicator available,Children in poverty\n"},
			mapping: plainRow, want: []string{"note meta.differ", "warning indicator_1-2-1.csv: indicator_name meta.title", "LIV.1.O1 % exact: 2018=1 2019=2"}, never: []string{"meta.status"},
		},
		"metadata in UTF-16": {files: map[string]string{"data/indicator_1-2-1.csv": plainData, "csv-meta/1-2-1.csv": "\xff\xfeA\x00,\x00b\x00\n\x00"}, mapping: plainRow, want: []string{"file indicator_1-2-1.csv imported"}},
		"a configuration that leaves the folder": {
			files:   map[string]string{"indicator_1-2-1.csv": plainData, "config_data.yml": "inputs:\n- class: InputCsvData\n  path_pattern: ../../etc/*-*.csv\n- class: InputSdmx\n"},
			mapping: plainRow, want: []string{"warning config_data.yml config.path", "note config.class", "file indicator_1-2-1.csv imported"},
		},
		"a configuration with columns of its own": {
			files:   map[string]string{"indicator_1-2-1.csv": "Year,Quelle,Value\n2018,Amt,1\n2019,Büro,2\n", "config_data.yml": "indicator_options:\n  non_disaggregation_columns: [Year, Quelle]\n"},
			mapping: plainRow, want: []string{"LIV.1.O1 % exact: 2018=1 2019=2"},
		},
	})
}

func FuzzMetadata(f *testing.F) {
	f.Add([]byte("---\na: b\nc: 'd'\ne: [1]\n---\ntext"))
	f.Add([]byte("Indicator available,x\nSource 1 organisation,y\n"))
	f.Add([]byte("---\na: &x [*x]\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		var m metadata
		_ = readYAMLMeta(data, "a.md", &m)
		_ = readCSVMeta(data, "a.csv", nil, &m)
		a := m.about("1-2-1", Defaults{})
		if a.Official && (a.Publisher == "" || a.URL == "") {
			t.Fatalf("official without source: %+v", a)
		}
		if address, _ := webAddress(a.URL); address != a.URL {
			t.Fatalf("the address %q is not one", a.URL)
		}
	})
}
