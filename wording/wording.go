// Package wording fills arguments into sentences. Methods give their reasons and warnings as codes with arguments, which pages translate, and keep
// one English sentence for each code; this package is all that they share for it. It knows no language and no sentence.
package wording

import "strings"

// Args pairs the names of arguments with their values: "name", "value" and so on; nil where there are none.
func Args(pairs ...string) map[string]string {
	if len(pairs) == 0 {
		return nil
	}
	args := make(map[string]string, len(pairs)/2)
	for i := 0; i+1 < len(pairs); i += 2 {
		args[pairs[i]] = pairs[i+1]
	}
	return args
}

// Fill puts each argument where a sentence has its name in braces. What an argument holds is never looked at again, so that braces in it stay.
func Fill(sentence string, args map[string]string) string {
	pairs := make([]string, 0, 2*len(args))
	for name, value := range args {
		pairs = append(pairs, "{"+name+"}", value)
	}
	return strings.NewReplacer(pairs...).Replace(sentence)
}
