package notebook

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// printing is a notebook whose cell a prints some numbers.
const printing = "\n\n```go cell=a\n_ = 7 + 1_000\n```\n\n```output cell=a\npartitions: 4\nsizes: [6802 27004] 3.89\nnone\n```\n"

func TestBareNumbers(t *testing.T) {
	for text, want := range map[string]string{
		"il y en a 27 partout":           "27",
		"une liste :\n\n- 3 ici\n- rien": "3",
		"| a |\n|--|\n| 12 |":            "12",
		"> cite 5":                       "5",
		"## Titre à 9 mots":              "9",
		"<details>\n<summary>Et 6 ?</summary>\n\nx\n</details>":     "6",
		"<details>\n<summary>Et ?</summary>\n\nsoit 11\n</details>": "11",
		"```task n=1\nFaites 13 tours.\n```":                        "13",
		"```predict id=q cell=a\nEt 14, ou 7 ?\n```":                "14",
		"soit `6998` lignes":                                        "6998",
		"soit **6\u00a0998** lignes":                                "6\u00a0998",
		"25 % des lignes":                                           "25",
		"10x plus vite":                                             "10x",
		"en 0,5 s":                                                  "0,5",
		"½ des lignes":                                              "½",
		"1½ fois plus":                                              "1½",
		"8 maintenant":                                              "8",
		"7<!-- une note -->":                                        "7",

		// What needs no source.
		"trois partitions, `Hash(4)`, ``a`8`b``, e0, UTF-8, S3":                    "",
		"TP 2, exercices 1 et 3, Spark 4.3, Go 1.26":                               "",
		"en janvier 2013, le 1er mai 2014, on May 3, 2015, 2013-01-31, 2e fois":    "",
		"à 12:05 et 12:05:30, pendant 30 min, 2 h, 10 minutes, 3 jours, 1,5 heure": "",
		"32 bits":                          "",
		"<!-- 12 --> [lien 2](http://a/3)": "2",
		"voir http://x.org/42 ou <http://y.org/43> ou [la page](z44 \"t\")": "",
		"1. un\n2. deux":   "",
		"```text\n15\n```": "",
		"```predict id=q cell=a\nAvec 7, ou 1000 ?\n```": "",
	} {
		src := []byte(title + text + printing)
		n, err := Parse("n.fr.md", src)
		require.NoError(t, err, text)
		var found []string
		for _, p := range Numbers(n) {
			found = append(found, p.Found)
		}
		if want == "" {
			assert.Empty(t, found, "%s", text)
			continue
		}
		if assert.Len(t, found, 1, "%s", text) {
			assert.Contains(t, found[0], "the number "+strings.TrimSuffix(want, "x")+",", "%s", text)
		}
	}
}

func TestReferences(t *testing.T) {
	for _, test := range []struct{ text, says string }{
		{"4<!-- a:1 -->", ""},
		{"**4**<!--a:1-->", ""},
		{"`4`<!-- a:1 -->", ""},
		{"6\u00a0802<!-- a:2.1 -->", ""},
		{"6\u202f802<!-- a:2.1 -->", ""},
		{"6802<!-- a:2.1 -->", ""},
		{"3,89<!-- a:2.3 -->", ""},
		{"7<!-- a:code --> et 1\u00a0000<!-- a:code -->", ""},
		{"5<!-- a:1 -->", "expected 4, which the cell prints there"},
		{"27\u00a0005<!-- a:2.2 -->", "expected 27\u00a0004"},
		{"3,8<!-- a:2.3 -->", "expected 3,89"},
		{"4<!-- a:2 -->", "expected one of the 3 numbers of that line: say which"},
		{"4<!-- a:2.4 -->", "one of the 3 numbers"},
		{"4<!-- a:3 -->", "one of the 0 numbers"},
		{"4<!-- a:4 -->", "one of the 3 lines that cell a prints"},
		{"4<!-- a:0 -->", "one of the 3 lines"},
		{"8<!-- a:code -->", "a literal of the code of cell a"},
		{"4<!-- b:1 -->", "expected the name of a cell: its cells are a"},
		{"27\u00a0004 lignes", "write 27\u00a0004<!-- a:2.2 -->, if it is that one"},
		{"4 lignes", "write 4<!-- a:1 -->, if"},
		{"5 lignes", "let a cell print it, or write a small count in a word"},
	} {
		src := []byte(title + test.text + printing)
		n, err := Parse("n.fr.md", src)
		require.NoError(t, err)
		problems := Problems(Numbers(n))
		if test.says == "" {
			assert.Empty(t, problems, test.text)
			continue
		}
		if assert.Len(t, problems, 1, test.text) {
			assert.Contains(t, problems[0].String(), test.says)
			assert.True(t, strings.HasPrefix(problems[0].String(), "n.fr.md:3: "), problems[0])
		}
	}
}

func TestEnglishNumbers(t *testing.T) {
	src := []byte(title + "6,802<!-- a:2.1 --> and 3.89<!-- a:2.3 -->" + printing)
	n, err := Parse("n.en.md", src)
	require.NoError(t, err)
	assert.Empty(t, Numbers(n))
	fresh, err := RewriteNumbers("n.en.md", []byte(title+"1<!-- a:2.2 --> and 2<!-- a:2.3 -->"+printing))
	require.NoError(t, err)
	assert.Contains(t, string(fresh), "27,004<!-- a:2.2 --> and 3.89<!-- a:2.3 -->")
}

func TestRewriteNumbers(t *testing.T) {
	src := "\ufeff# T 1<!-- a:1 -->\r\n\r\né 1<!-- a:1 --> **2**<!-- a:2.2 --> 3<!-- a:9 --> 4<!-- a:1 -->\r\n\r\n```predict id=q cell=a\r\n0,1<!-- a:2.3 -->\r\n```" + strings.ReplaceAll(printing, "\n", "\r\n")
	fresh, err := RewriteNumbers("n.fr.md", []byte(src))
	require.NoError(t, err)
	want := strings.NewReplacer("T 1<", "T 4<", "é 1<", "é 4<", "**2**", "**27\u00a0004**", "0,1<", "3,89<").Replace(src)
	assert.Equal(t, want, string(fresh))
	_, err = RewriteNumbers("n.fr.md", []byte("no title"))
	assert.Error(t, err)
}

// Law: after a rewrite, every number whose reference leads somewhere is right,
// and a second rewrite changes nothing.
func TestRewriteNumbersHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`([a-z*_ é]{0,6}\d{1,5}([,.]\d{1,2})?[*_]{0,2}<!-- a:(1|2\.[123]) -->[ \n]){0,6}`).Draw(t, "text")
		src := []byte("# T\n\nx " + text + printing)
		if _, err := Parse("n.fr.md", src); err != nil {
			t.Skip("Markdown of another kind")
		}
		fresh, err := RewriteNumbers("n.fr.md", src)
		require.NoError(t, err)
		n, err := Parse("n.fr.md", fresh)
		require.NoError(t, err)
		for _, p := range Numbers(n) {
			require.Contains(t, p.Found, "nothing holds", "%s", fresh)
		}
		again, err := RewriteNumbers("n.fr.md", fresh)
		require.NoError(t, err)
		require.Equal(t, string(fresh), string(again))
	})
}
