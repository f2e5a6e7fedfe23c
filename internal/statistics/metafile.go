package statistics

import (
	"errors"
	"strings"

	"github.com/cityrights/cityrights/internal/platform/sheet"
	"go.yaml.in/yaml/v3"
)

// metaLimit bounds one metadata file.
const metaLimit = 1 << 20

// readYAMLMeta reads a metadata file of YAML: front matter between two lines of dashes (.md), or the whole file (.yml).
func readYAMLMeta(data []byte, file string, m *metadata) error {
	text, _, _, err := sheet.Decode(data, file)
	if err != nil {
		return err
	}
	text = strings.NewReplacer("\r\r\n", "\n", "\r\n", "\n", "\r", "\n").Replace(text)
	if front, ok := frontMatter(text); ok {
		text = front
	} else if strings.HasSuffix(strings.ToLower(file), ".md") {
		return errors.New("it does not begin with a line of three dashes")
	}
	var root yaml.Node
	if err := yaml.Unmarshal([]byte(text), &root); err != nil {
		return errors.New(strings.TrimPrefix(err.Error(), "yaml: "))
	}
	if root.Kind == 0 {
		return nil
	}
	body := root.Content[0]
	if body.Kind != yaml.MappingNode {
		return errors.New("it is not a list of “name: value”")
	}
	for i := 0; i+1 < len(body.Content); i += 2 {
		if value := body.Content[i+1]; value.Kind == yaml.ScalarNode {
			v := value.Value
			if value.Tag == "!!null" {
				v = ""
			}
			m.add(file, body.Content[i].Value, v)
		}
	}
	return nil
}

// frontMatter gives what stands between the first line, three dashes, and the next such line, or the end.
func frontMatter(text string) (string, bool) {
	text = strings.TrimLeft(text, "\n ")
	rest, ok := strings.CutPrefix(text, "---")
	if !ok {
		return "", false
	}
	first, rest, ok := strings.Cut(rest, "\n")
	if !ok || strings.TrimSpace(first) != "" {
		return "", false
	}
	var lines []string
	for line := range strings.SplitSeq(rest, "\n") {
		if trimmed := strings.TrimRight(line, " \t"); trimmed == "---" || trimmed == "..." {
			break
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n"), true
}

// readCSVMeta reads a metadata file of CSV: a label and its text in each row. labels translates labels into fields.
func readCSVMeta(data []byte, file string, labels map[string]string, m *metadata) error {
	table, err := sheet.Parse(data, file, sheet.Limits{Rows: 2000, Columns: 60, Cell: 64 << 10})
	if err != nil {
		return err
	}
	seen := map[string]bool{}
	for _, row := range table.Rows {
		if len(row.Cells) < 2 {
			continue
		}
		label, value := fold(row.Cells[0]), tidyText(row.Cells[1])
		field := labels[label]
		if field == "" {
			field = fieldOf(label)
		}
		if value == "" || seen[field] {
			continue // a label that stands twice counts where it first holds something
		}
		seen[field] = true
		m.add(file, field, value)
	}
	return nil
}

// fieldOf gives the field for a label of Open SDG's usual form, for folders without a list of labels.
func fieldOf(label string) string {
	if field := usualLabels[label]; field != "" {
		return field
	}
	if rest, ok := strings.CutPrefix(label, "source "); ok {
		if n, what, ok := strings.Cut(rest, " "); ok && len(n) == 1 {
			if field := sourceLabels[strings.TrimPrefix(what, ": ")]; field != "" {
				return "source_" + field + "_" + n
			}
		}
	}
	return strings.ReplaceAll(foldName(label), " ", "_")
}

var usualLabels = map[string]string{"indicator available": "indicator_available", "indicator description": "indicator_description",
	"geographical coverage": "national_geographical_coverage", "unit of measurement": "computation_units", "unit of measure": "computation_units",
	"definitions": "computation_definitions", "calculations": "computation_calculations", "other information": "other_information",
	"indicator name": "indicator_name", "reporting status": "reporting_status", "non-statistical indicator": "data_non_statistical",
	"graph title": "graph_title", "indicator number": "indicator_number"}

var sourceLabels = map[string]string{"organisation": "organisation", "organization": "organisation", "periodicity": "periodicity",
	"earliest available data": "earliest_available", "geographical coverage": "geographical_coverage", "link to data source": "url",
	"link to data source text": "url_text", "release date": "release_date", "next release": "next_release",
	"statistical classification": "statistical_classification", "contact details": "contact", "other information": "other_info", "active": "active"}

// readLabels reads a metadata mapping of Open SDG: label, field.
func readLabels(data []byte, file string) (map[string]string, error) {
	table, err := sheet.Parse(data, file, sheet.Limits{Rows: 2000, Columns: 60})
	if err != nil {
		return nil, err
	}
	labels := map[string]string{}
	for _, row := range table.Rows {
		if len(row.Cells) >= 2 && tidyText(row.Cells[1]) != "" {
			labels[fold(row.Cells[0])] = fold(row.Cells[1])
		}
	}
	return labels, nil
}
