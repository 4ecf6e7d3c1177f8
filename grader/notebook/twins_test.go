package notebook

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestTwinsOfTheSample(t *testing.T) {
	fr, _ := sample(t, "fr")
	en, _ := sample(t, "en")
	assert.Empty(t, Twins(fr, en))
	assert.Empty(t, Twins(en, fr))
}

func TestTwinsSayWhereTheyPart(t *testing.T) {
	const french = title + "## A {#a}\n\n```predict id=p cell=c\nCombien ?\n```\n\n```go cell=c\nx := \"oui\" // bien\nfmt.Println(x)\n```\n\n```output cell=c\noui\n```\n\n```task n=9\n```\n"
	tests := map[string]struct {
		second string
		want   []string
	}{
		"comments, strings, outputs, prose": {
			title + "More prose.\n\n## B {#a}\n\n```predict id=p cell=c\nHow many?\n```\n\n```go cell=c\n// well\nx := `yes`\nfmt.Println(x)\n```\n\n```output cell=c\nyes\n```\n\n```task n=9\nDo.\n```\n",
			nil,
		},
		"a name in the code": {
			title + "## A {#a}\n\n```predict id=p cell=c\n```\n\n```go cell=c\nx := \"\"\n\nfmt.Print(x)\n```\n\n```task n=9\n```\n",
			[]string{`en.md:11: found other code in cell "c", expected that of fr.md:11, comments and strings aside: make both notebooks alike`},
		},
		"code that ends earlier": {
			title + "## A {#a}\n\n```predict id=p cell=c\n```\n\n```go cell=c\nx := \"\"\n```\n\n```task n=9\n```\n",
			[]string{`en.md:9: found other code in cell "c", expected that of fr.md:11, comments and strings aside: make both notebooks alike`},
		},
		"another order": {
			title + "## A {#a}\n\n```task n=9\n```\n\n```predict id=p cell=c\n```\n\n```go cell=c\nx := \"\"\nfmt.Println(x)\n```\n",
			[]string{`en.md:5: found task 9, expected predict "p" on cell "c", as at fr.md:5: make both notebooks alike`},
		},
		"one less": {
			title + "## A {#a}\n\n```predict id=p cell=c\n```\n\n```go cell=c\nx := \"\"\nfmt.Println(x)\n```\n",
			[]string{`en.md:1: found no task 9, expected one, as at fr.md:18: make both notebooks alike`},
		},
		"one more": {
			french + "\n## Z {#z}\n",
			[]string{`en.md:21: found the heading id "z", expected nothing, as fr.md has none: make both notebooks alike`},
		},
	}
	tests["other numbers"] = struct {
		second string
		want   []string
	}{
		french + "\n1<!-- c:1 --> **2**<!-- c:2 -->\n",
		[]string{
			`en.md:21: found a number <!-- c:1 -->, expected nothing, as fr.md tells none: make both notebooks alike`,
			`en.md:21: found a number <!-- c:2 -->, expected nothing, as fr.md tells none: make both notebooks alike`,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var said []string
			for _, problem := range Twins(read(t, "fr.md", french), read(t, "en.md", test.second)) {
				said = append(said, problem.String())
			}
			require.Equal(t, test.want, said)
		})
	}
}
