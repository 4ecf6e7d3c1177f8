package export

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"etincelle/grader/lab"
	"etincelle/grader/message"
)

func open(t *testing.T, l *lab.Lab, language message.Language) *Source {
	t.Helper()
	s, err := Open(l, language)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return s
}

func real(t *testing.T, language message.Language) *Source {
	t.Helper()
	l, err := lab.Find("..", "tp02")
	require.NoError(t, err)
	return open(t, l, language)
}

// written makes a lab of a notebook and other files.
func written(t testing.TB, notebook string, files map[string]string) *lab.Lab {
	t.Helper()
	l := &lab.Lab{Root: t.TempDir(), Name: "tp-x", Short: "tp"}
	all := map[string]string{"notebook.fr.md": notebook}
	for name, text := range files {
		all[name] = text
	}
	for name, text := range all {
		require.NoError(t, os.MkdirAll(filepath.Dir(l.Path(name)), 0o755))
		require.NoError(t, os.WriteFile(l.Path(name), []byte(text), 0o644))
	}
	return l
}

const drawn = `<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`

// requireClosed holds what every page keeps: only these elements and attributes,
// nothing from elsewhere, and a policy that lets through its own style alone.
func requireClosed(t require.TestingT, page string) {
	decoder := xml.NewDecoder(strings.NewReader(strings.Replace(page, "<!DOCTYPE html>", "", 1)))
	decoder.Strict, decoder.AutoClose, decoder.Entity = false, xml.HTMLAutoClose, xml.HTMLEntity
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err)
		element, is := token.(xml.StartElement)
		if !is {
			continue
		}
		name := element.Name.Local
		require.Contains(t, []string{
			"html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "h3", "h4", "h5", "h6", "p", "ul", "ol", "li", "strong", "em", "del",
			"code", "pre", "samp", "span", "q", "section", "figure", "figcaption", "div", "img", "details", "summary", "a", "br", "hr", "blockquote",
			"table", "thead", "tbody", "tfoot", "tr", "th", "td",
		}, name)
		for _, a := range element.Attr {
			switch attribute := a.Name.Local; {
			case name == "meta" || attribute == "class" || attribute == "id" || attribute == "alt" || attribute == "lang" || attribute == "align" || attribute == "start" || name == "figcaption" && attribute == "aria-hidden":
			case attribute == "src":
				require.True(t, strings.HasPrefix(a.Value, "data:image/svg+xml;base64,"), a.Value)
			case attribute == "href":
				require.Regexp(t, `^(?i)(#|https?://|mailto:)`, a.Value)
			default:
				require.Fail(t, "attribute", "%s of %s", attribute, name)
			}
		}
	}
	for _, r := range page {
		require.False(t, r < ' ' && r != '\n' && r != '\t' || r >= 0x7f && r < 0xa0 || r == 0x202e, "%q", r)
	}
	sum := sha256.Sum256([]byte(page[strings.Index(page, "<style>")+len("<style>") : strings.Index(page, "</style>")]))
	require.Contains(t, page, "content=\"default-src 'none'; style-src 'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'; img-src data:; base-uri 'none'; form-action 'none'\"")
	require.Equal(t, 1, strings.Count(page, "<style"))
}

func TestPageOfTheCourse(t *testing.T) {
	for _, language := range []message.Language{message.French, message.English} {
		s := real(t, language)
		data, err := s.HTML()
		require.NoError(t, err)
		page := string(data)
		requireClosed(t, page)
		assert.Contains(t, page, `<html lang="`+string(language)+`">`)
		assert.Equal(t, 5, strings.Count(page, "<figure>"))
		assert.Equal(t, 5, strings.Count(page, "<img "))
		for _, cell := range s.notebook.Cells() {
			assert.Contains(t, page, escaped(cell.Output.Text), "the output of %s", cell.Name)
		}
		assert.Contains(t, page, `id="coalesce"`)
		assert.NotContains(t, page, "<!-- ")
		again, err := s.HTML()
		require.NoError(t, err)
		assert.Equal(t, page, string(again))
	}
}

func TestHowBlocksAreShown(t *testing.T) {
	l := written(t, strings.ReplaceAll(`# T

Du texte, `+"`du code`"+`, **fort**, [un lien](https://go.dev), [ici](#s), [là](notes.md), 61<!-- c:1 -->.

| a | b |
|--:|---|
| 1 | <  |

## S {#s}

~~~predict id=q cell=c
Combien ?
~~~

~~~go cell=c
// dit
fmt.Println("<b>", 'x')
return
~~~

~~~output cell=c
<b>
~~~

~~~go illustration
x := 1
~~~

~~~sh
go run .
~~~

~~~task n=1
Écrivez.
~~~

![Une figure](figures/a.svg)

<details>
<summary>Pourquoi ?</summary>

Parce que.
</details>
`, "~~~", "```"), map[string]string{"figures/a.svg": drawn, "figures/a.txt": "┌ <a> ┐\n"})
	data, err := open(t, l, message.French).HTML()
	require.NoError(t, err)
	page := string(data)
	requireClosed(t, page)
	assert.Contains(t, page, "<title>T</title>")
	page = page[strings.Index(page, "<main>"):]
	for _, part := range []string{
		"<code>du code</code>", `<a href="https://go.dev">un lien</a>`, `<a href="#s">ici</a>`, "là, 61.</p>", `<h2 id="s">S</h2>`,
		"<section class=\"ask\">\n<p class=\"label\">Prédiction</p>\n<p>Combien ?</p>", `<span class="c">// dit</span>`, `<span class="s">&#34;&lt;b&gt;&#34;</span>`,
		`<span class="k">return</span>`, "<p class=\"label\">Sortie</p>\n<pre class=\"output\"><samp>&lt;b&gt;\n</samp></pre>", "Illustration (compilée, non exécutée)",
		"<p class=\"label\">Terminal</p>", "<p class=\"label\">Exercice 1</p>", `<td align="right">1</td>`, "<td>&lt;</td>",
		`base64,` + base64.StdEncoding.EncodeToString([]byte(drawn)) + `" alt="Une figure">`, "<pre>┌ &lt;a&gt; ┐\n</pre>",
		"<details class=\"folded\">\n<summary>Pourquoi ?</summary>", "<p>Parce que.</p>",
	} {
		assert.Contains(t, page, part)
	}
}

// What is no figure of the lab's own is its words.
func TestFrenchSignsStayWithTheirWords(t *testing.T) {
	l := written(t, "# T\n\nRien n'est « la bonne » : `a` ; tout.\n", map[string]string{"notebook.en.md": "# T\n\nA : b « c »\n"})
	page, err := open(t, l, message.French).HTML()
	require.NoError(t, err)
	assert.Contains(t, string(page), "est «\u00a0la bonne\u00a0»\u00a0: <code>a</code>\u00a0; tout.")
	page, err = open(t, l, message.English).HTML()
	require.NoError(t, err)
	assert.Contains(t, string(page), "A : b « c »")
}

func TestPicturesFromElsewhere(t *testing.T) {
	l := written(t, "# T\n\n![a](https://example.org/a.svg) ![b](../secret.svg) ![c](figures/link.svg) ![d](figures/no.svg) ![e](figures/page.svg) ![f](figures/large.svg) ![g](/etc/passwd)\n",
		map[string]string{"figures/page.svg": "<html></html>", "figures/large.svg": "<svg>" + strings.Repeat(" ", maxFigure) + "</svg>"})
	secret := filepath.Join(l.Root, "labs", "secret.svg")
	require.NoError(t, os.WriteFile(secret, []byte("<svg></svg>"), 0o644))
	require.NoError(t, os.Symlink(secret, l.Path("figures/link.svg")))
	s := open(t, l, message.French)
	data, err := s.HTML()
	require.NoError(t, err)
	requireClosed(t, string(data))
	assert.NotContains(t, string(data), "<img")
	for _, words := range []string{"a", "b", "c", "d", "e", "f", "g"} {
		assert.Contains(t, string(data), "<em>["+words+"]</em>")
	}
	notebook, err := s.IPYNB()
	require.NoError(t, err)
	assert.NotContains(t, string(notebook), "attachment")
}

// Whatever a notebook says, its page is closed: notebooks are read from copies
// that students have written in.
func TestAnyNotebookMakesAClosedPage(t *testing.T) {
	text := rapid.OneOf(
		rapid.SampledFrom([]string{
			`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `[x](javascript:alert(1))`, `[x](JaVaScRiPt:alert(1) "t")`, `![x](data:text/html,<b>)`,
			`&lt;script&gt;`, `&#60;script&#62;`, "`</code><script>`", `{#"onclick="x}`, `# h {#a" onclick=x}`, "\x1b]0;x\a", "\u202e", `<https://a.b/"onclick=x>`,
			`[a]: javascript:x`, `[x][a]`, `| a | b |` + "\n|---|---|\n| <i> | `x` |", `$$</script>$$`, `1. a` + "\n\n    <b>", `> q`, `***`, `~~d~~`, `<!-- x -->`, `![a](figures/a.svg "t\" onload=x")`,
		}),
		rapid.StringMatching(`[ -~é\n]{0,30}`),
	)
	l := written(t, "", map[string]string{"figures/a.svg": drawn, "figures/a.txt": "</pre><script>x</script>"})
	tries, pages := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		tries++
		parts := rapid.SliceOfN(text, 1, 6).Draw(t, "parts")
		source := "# T\n\n" + strings.Join(parts, "\n\n")
		if rapid.Bool().Draw(t, "in a cell") {
			source += "\n\n```predict id=q cell=c\nx\n```\n\n```go cell=c\nfmt.Println(`" + strings.ReplaceAll(parts[0], "`", "") + "`)\n```\n\n```output cell=c\n" + parts[0] + "\n```\n"
		}
		require.NoError(t, os.WriteFile(l.Path("notebook.fr.md"), []byte(source), 0o644))
		s, err := Open(l, message.French)
		if err != nil {
			return // the reader refuses it
		}
		defer s.Close()
		s.Answers = map[string]string{"q": parts[0]}
		page, err := s.HTML()
		require.NoError(t, err)
		requireClosed(t, string(page))
		notebook, err := s.IPYNB()
		require.NoError(t, err)
		requireValid(t, notebook)
		pages++
	})
	assert.Greater(t, 10*pages, tries, "the reader lets enough through")
}

// What a reader answered is shown, to the letter, and is nothing but text.
func TestAnswersAreShown(t *testing.T) {
	l := written(t, "# T\n\n```predict id=q cell=c\nCombien ?\n```\n\n```go cell=c\nfmt.Println()\n```\n", nil)
	s := open(t, l, message.French)
	s.Answers = map[string]string{"q": " <b>61</b>\n```\n", "other": "x"}
	page, err := s.HTML()
	require.NoError(t, err)
	requireClosed(t, string(page))
	assert.Contains(t, string(page), "Votre réponse : <q>&lt;b&gt;61&lt;/b&gt;\n```</q>")
	notebook, err := s.IPYNB()
	require.NoError(t, err)
	all := ""
	for _, c := range requireValid(t, notebook).Cells {
		all += c.text() + "\n"
	}
	assert.Contains(t, all, "````text\n<b>61</b>\n```\n````")
}

func TestOpenSaysWhatIsWrong(t *testing.T) {
	_, err := Open(written(t, "no title\n", nil), message.French)
	assert.ErrorContains(t, err, "no title")
	_, err = Open(written(t, "# T\n", nil), message.English)
	assert.ErrorContains(t, err, "notebook.en.md")
	_, err = Open(&lab.Lab{Root: t.TempDir(), Name: "tp-x", Short: "tp"}, message.French)
	assert.ErrorContains(t, err, "open the folder of tp")
}

var cellID = regexp.MustCompile(`^[a-zA-Z0-9_-]{1,64}$`)
