package canvas

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// A picture holds all that the page holds, whatever that is, and each run of a role
// begins where it stands.
func TestSVG(t *testing.T) {
	c := New(20, 3)
	c.Put(0, 0, 20, Line{Say(Strong, "a<b & \"c\""), Say(Bad, " ✗"), Say(Chosen, "ici")})
	c.Put(2, 2, 18, Text(Normal, "été 界"))
	picture := string(c.SVG())
	var text strings.Builder
	in := xml.NewDecoder(strings.NewReader(picture))
	for {
		token, err := in.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err)
		if data, is := token.(xml.CharData); is {
			text.Write(data)
		}
	}
	dense := func(s string) string { return strings.Join(strings.Fields(s), "") }
	require.Equal(t, dense(c.String()), dense(text.String()))
	require.Contains(t, picture, `font-weight="bold"`)
	require.Contains(t, picture, `y="13" xml:space="preserve" textLength="24"`)
}

func TestPart(t *testing.T) {
	c := New(10, 4)
	c.Put(1, 1, 8, Text(Normal, "un"))
	c.Put(1, 2, 8, Text(Normal, "deux"))
	require.Equal(t, "un\ndeu\n", c.Part(At(1, 1, 3, 9)))
	require.Equal(t, "\n", c.Part(At(50, 50, 3, 9)))
	require.Equal(t, "\n un\n", c.Top(2).String())
	require.Empty(t, New(3, 0).Top(5).String())
}

func TestFirstLine(t *testing.T) {
	line, rest := FirstLine("un deux trois : quatre", 9)
	require.Equal(t, "un deux", line)
	require.Equal(t, "trois : quatre", rest)
	line, rest = FirstLine("anticonstitutionnellement", 10)
	require.Equal(t, "anticonsti", line)
	require.Equal(t, "tutionnellement", rest)
	line, rest = FirstLine("  ", 10)
	require.Empty(t, line+rest)
}
