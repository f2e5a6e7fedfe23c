package main

import (
	_ "embed"
	"errors"
	"fmt"
	"os/exec"
	"strconv"
)

//go:embed rival.py
var rival string

// compare measures NumPy on the same size as ours, in turns, and prints both. NumPy does only part of the work: axes and places.
func compare(s size, python string, turns int) error {
	var wall, processor, peak float64
	for turn := range turns {
		child := exec.Command(python, "-c", rival, strconv.Itoa(s.participants), strconv.Itoa(s.statements), strconv.Itoa(s.each), strconv.Itoa(s.camps)) //nolint:gosec,noctx // the interpreter that was named
		out, err := child.Output()
		if err != nil {
			return fmt.Errorf("%s: %w", python, err)
		}
		var numbers [3]float64
		if n, err := fmt.Sscan(string(out), &numbers[0], &numbers[1], &numbers[2]); err != nil || n != len(numbers) {
			return errors.New("NumPy printed something else than three numbers")
		}
		if turn == 0 {
			wall, processor, peak = numbers[0], numbers[1], numbers[2]
		}
		wall, processor, peak = min(wall, numbers[0]), min(processor, numbers[1]), min(peak, numbers[2])
	}
	ours, err := best(s, turns)
	if err != nil {
		return err
	}
	fmt.Printf("| %s | %.3f | %.3f | %.0f | %.3f | %.3f | %.0f | %.2f × |\n", s.name, wall, processor, peak/1024, ours.Map, ours.MapProcessor, ours.peakMB(),
		ours.MapProcessor/processor)
	return nil
}

// compareAll prints what NumPy takes, where there is one.
func compareAll(python string, turns int) error {
	absent := exec.Command(python, "-c", "import numpy").Run() //nolint:noctx // it ends by itself
	if absent != nil {
		fmt.Printf("\n%s has no NumPy: the comparison with it is left out.\n", python)
		return nil //nolint:nilerr // nobody needs it
	}
	fmt.Println("\nNumPy: axes and places only, from arrays in memory. Ours: the whole map.")
	fmt.Println("\n| conversation | NumPy | processor | peak MB | ours | processor | peak MB | processor to NumPy's |")
	fmt.Println("|---|---|---|---|---|---|---|---|")
	for _, p := range promises[1:3] {
		if err := compare(p.size, python, turns); err != nil {
			return err
		}
	}
	return nil
}
