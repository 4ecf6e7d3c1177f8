package message

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestFill(t *testing.T) {
	moved := Text{
		French:  "{rows:ligne a bougé|lignes ont bougé} vers {place}",
		English: "{rows:row|rows} moved to {place}",
	}
	tests := map[string]struct {
		text   Text
		facts  Facts
		fr, en string
	}{
		"a number governs its word":      {moved, Facts{"rows": 2, "place": "e0"}, "2\u00a0lignes ont bougé vers e0", "2\u00a0rows moved to e0"},
		"one":                            {moved, Facts{"rows": int64(1), "place": "e0"}, "1\u00a0ligne a bougé vers e0", "1\u00a0row moved to e0"},
		"zero is singular in French":     {moved, Facts{"rows": 0, "place": "e0"}, "0\u00a0ligne a bougé vers e0", "0\u00a0rows moved to e0"},
		"thousands":                      {Text{"{n}", "{n}"}, Facts{"n": 5000}, "5\u00a0000", "5,000"},
		"millions, below zero":           {Text{"{n}", "{n}"}, Facts{"n": -1234567}, "-1\u00a0234\u00a0567", "-1,234,567"},
		"decimals":                       {Text{"{x}", "{x}"}, Facts{"x": 2.5}, "2,5", "2.5"},
		"whole decimals":                 {Text{"{x}", "{x}"}, Facts{"x": 3.0}, "3", "3"},
		"a text inside a text":           {Text{"« {t} »", "“{t}”"}, Facts{"t": Text{"oui", "yes"}}, "« oui »", "“yes”"},
		"a missing fact shows":           {Text{"{n}", "{n}"}, nil, "?", "?"},
		"a hole that is not closed ends": {Text{"a {n", "a {n"}, Facts{"n": 1}, "a 1", "a 1"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			assert.Equal(t, test.fr, test.text.Fill(French, test.facts))
			assert.Equal(t, test.en, test.text.Fill(English, test.facts))
		})
	}
}

func TestHoles(t *testing.T) {
	text := Text{French: "{a} et {b:x|y}", English: "{b:x|y}"}
	assert.Equal(t, []string{"a", "b"}, text.Holes(French))
	assert.Equal(t, []string{"b"}, text.Holes(English))
}

func TestAnythingElseIsFrench(t *testing.T) {
	assert.Equal(t, "oui", Text{"oui", "yes"}.In("de"))
}

func TestChoose(t *testing.T) {
	tests := map[string]struct {
		flag string
		env  map[string]string
		want Language
	}{
		"nothing":                      {"", nil, French},
		"the flag":                     {"en", nil, English},
		"the flag over the rest":       {"fr", map[string]string{"ETINCELLE_LANG": "en", "LANG": "en_US.UTF-8"}, French},
		"the variable":                 {"", map[string]string{"ETINCELLE_LANG": "en"}, English},
		"the variable over the locale": {"", map[string]string{"ETINCELLE_LANG": "fr", "LANG": "en_US.UTF-8"}, French},
		"an English locale":            {"", map[string]string{"LANG": "en_GB.UTF-8"}, English},
		"C means French":               {"", map[string]string{"LANG": "C.UTF-8"}, French},
		"LC_ALL over LANG":             {"", map[string]string{"LC_ALL": "C", "LANG": "en_US"}, French},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			assert.Equal(t, test.want, Choose(test.flag, func(name string) string { return test.env[name] }))
		})
	}
}
