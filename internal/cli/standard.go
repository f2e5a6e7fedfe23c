package cli

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/cityrights/cityrights/standard"
	"github.com/cityrights/cityrights/standards"
)

type standardCommand struct {
	List  standardList  `cmd:"" help:"List the standards that the program carries."`
	Show  standardShow  `cmd:"" help:"Show a standard, or one of its requirements."`
	Check standardCheck `cmd:"" help:"Check the files of a standard."`
	Diff  standardDiff  `cmd:"" help:"Compare two versions, and say which results stay comparable."`
}

// Help shows an example.
func (standardCommand) Help() string { return example("cityrights standard show hrc-ms") }

type standardList struct{}

// Help shows an example.
func (standardList) Help() string { return example("cityrights standard list") }

// Run prints a line for each shipped standard.
func (standardList) Run(c *call) error {
	for _, ref := range standards.Shipped() {
		s, err := standards.Load(ref)
		if err != nil {
			return err
		}
		requirements, indicators := size(s)
		fmt.Fprintf(c.Stdout, "%s\t%s\t%d requirements, %d indicators, in %s\n", ref, s.Title, requirements, indicators, strings.Join(s.Languages(), " "))
	}
	return nil
}

func size(s *standard.Standard) (requirements, indicators int) {
	for _, d := range s.Dimensions {
		requirements += len(d.Requirements)
		for _, r := range d.Requirements {
			indicators += len(r.Indicators)
		}
	}
	return requirements, indicators
}

type standardShow struct {
	ID          string `arg:"" name:"id[@version]" help:"The standard, as hrc-ms or hrc-ms@0.2."`
	Named       string `arg:"" optional:"" name:"requirement-id" help:"Show this requirement in full, as LIV.1."`
	Requirement string `help:"The same." placeholder:"ID"`
	Language    string `help:"In this language; ${default} if not given." default:"en" placeholder:"TAG"`
	CSV         bool   `help:"Print requirements and indicators as CSV."`
}

// Help shows an example.
func (standardShow) Help() string {
	return example("cityrights standard show hrc-ms LIV.1")
}

// Run prints the standard in outline, or one requirement with all its texts.
func (s standardShow) Run(c *call) error {
	if s.Named != "" && s.Requirement != "" && s.Named != s.Requirement {
		return usageError{fmt.Sprintf("two requirements are named, %s and %s: show one at a time", s.Named, s.Requirement)}
	}
	s.Requirement = cmp.Or(s.Requirement, s.Named)
	std, err := loadStandard(s.ID)
	if err != nil {
		return err
	}
	if !slices.Contains(std.Languages(), s.Language) {
		return usageError{fmt.Sprintf("--language %s: %s is in %s", s.Language, std.Ref(), strings.Join(std.Languages(), ", "))}
	}
	in := std.In(s.Language)
	if s.CSV {
		return standard.WriteCSV(c.Stdout, std, s.Language)
	}
	if s.Requirement != "" {
		r, ok := std.Requirement(s.Requirement)
		if !ok {
			return usageError{fmt.Sprintf("%s has no requirement %s", std.Ref(), s.Requirement)}
		}
		return showRequirement(c, in, r)
	}
	fmt.Fprintf(c.Stdout, "%s %s (%s)\n", std.Ref(), in.Title().Text, std.Status)
	for d := range std.Dimensions {
		fmt.Fprintf(c.Stdout, "\n%s  %s\n", std.Dimensions[d].ID, in.Dimension(&std.Dimensions[d]).Text)
		for r := range std.Dimensions[d].Requirements {
			req := &std.Dimensions[d].Requirements[r]
			fmt.Fprintf(c.Stdout, "  %-6s %s\n         %s\n", req.ID, in.Requirement(req).Title.Text, in.Requirement(req).Minimum.Text)
		}
	}
	return nil
}

func showRequirement(c *call, in standard.Reader, r *standard.Requirement) error {
	texts := in.Requirement(r)
	detail := in.Detail(r)
	fmt.Fprintf(c.Stdout, "%s  %s\n\nMinimum    %s\nWhy        %s\nResidents  %s\nEvidence   %s\n", r.ID, texts.Title.Text, texts.Minimum.Text, detail.Why.Text, texts.Question.Text, detail.Proof.Text)
	fmt.Fprintln(c.Stdout, "\nGrades")
	for grade, said := range detail.Grades {
		fmt.Fprintf(c.Stdout, "  %d  %s\n", grade, said.Text)
	}
	fmt.Fprintln(c.Stdout, "\nIndicators")
	for i := range r.Indicators {
		indicator := &r.Indicators[i]
		fmt.Fprintf(c.Stdout, "  %-10s %s\n             %s\n", indicator.ID, in.Indicator(indicator).Text, in.Measure(indicator).Question.Text)
	}
	links := make([]string, len(r.Links))
	for i, l := range r.Links {
		links[i] = l.String()
	}
	_, err := fmt.Fprintf(c.Stdout, "\nLaw        %s\n", strings.Join(links, ", "))
	return err
}

type standardCheck struct {
	Path string `arg:"" help:"Folder of a version, as standards/hrc-ms/0.2, or YAML file of a city's own indicators." type:"path"`
	Base string `help:"The standard that a city's own indicators hang on: ID, ID@VERSION or a folder; ${default} if not given." default:"hrc-ms" placeholder:"ID"`
}

// Help shows an example.
func (standardCheck) Help() string {
	return example("cityrights standard check standards/hrc-ms/0.2",
		"The catalogue instruments.csv is the folder's own, or that of the folder two levels up.",
		"A file of a city's own indicators: cityrights standard check own-indicators.yaml --base hrc-ms@0.2")
}

// Run prints every problem with its file and line, and fails where there is one.
func (s standardCheck) Run(c *call) error {
	if extension := filepath.Ext(s.Path); extension == ".yaml" || extension == ".yml" {
		return s.local(c)
	}
	std, err := loadFolder(s.Path)
	if err != nil {
		return err
	}
	requirements, indicators := size(std)
	fmt.Fprintf(c.Stdout, "%s is in order: %d dimensions, %d requirements, %d indicators.\n", std.Ref(), len(std.Dimensions), requirements, indicators)
	return completeness(c, std)
}

// completeness says for each translation how much of it is there: what is missing is no mistake, since the original stands in.
func completeness(c *call, std *standard.Standard) error {
	for _, tag := range std.Languages()[1:] {
		said := "complete"
		if missing, of := std.Untranslated(tag); len(missing) > 0 {
			said = fmt.Sprintf("%d of %d texts are missing, the first is %s", len(missing), of, missing[0])
		}
		if _, err := fmt.Fprintf(c.Stdout, "Translation %s (%s): %s.\n", tag, std.Translations[tag].Status, said); err != nil {
			return err
		}
	}
	return nil
}

// local checks a file of a city's own indicators.
func (s standardCheck) local(c *call) error {
	base, err := loadStandard(s.Base)
	if err != nil {
		return err
	}
	local, err := readLocal(s.Path, base)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(c.Stdout, "The additions of %s to %s are in order: %s.\n", local.City, base.Ref(), counting(len(local.Indicators), "indicator"))
	return err
}

// loadStandard takes a reference of a shipped standard or a folder.
func loadStandard(name string) (*standard.Standard, error) {
	if info, err := os.Stat(name); err == nil && info.IsDir() {
		return loadFolder(name)
	}
	std, err := standards.Load(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("there is no standard %s: it is not a folder, and the program carries %s", name, strings.Join(standards.Shipped(), ", "))
	}
	return std, err
}

// loadFolder reads a version's folder; the catalogue stands two folders up, beside all standards.
func loadFolder(path string) (*standard.Standard, error) {
	root, err := filepath.Abs(filepath.Join(path, "..", ".."))
	if err != nil {
		return nil, err
	}
	full, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	inside, err := filepath.Rel(root, full)
	if err != nil {
		return nil, err
	}
	std, err := standard.Load(regular{os.DirFS(root)}, filepath.ToSlash(inside))
	var problems standard.Problems
	if errors.As(err, &problems) {
		for i := range problems { // named as the reader can open them
			problems[i].File = fileOf(path, problems[i].File)
		}
		return nil, problems
	}
	return std, err
}

// regular refuses pipes and devices, whose reading could wait forever.
type regular struct{ fs.FS }

// Open opens a file or folder.
func (r regular) Open(name string) (fs.File, error) {
	info, err := fs.Stat(r.FS, name)
	if err == nil && !info.IsDir() && !info.Mode().IsRegular() {
		return nil, &fs.PathError{Op: "open", Path: name, Err: errors.New("it is not a file")}
	}
	return r.FS.Open(name)
}

// fileOf gives the path of a standard's file. The catalogue stands in the folder or two levels up.
func fileOf(folder, name string) string {
	path := filepath.Join(folder, filepath.FromSlash(name))
	if _, err := os.Stat(path); err != nil && name == "instruments.csv" {
		return filepath.Join(folder, "..", "..", name)
	}
	return path
}
