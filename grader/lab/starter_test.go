package lab

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const handedOut = `package tp

// F does it.
func F(n int) int {
	// TODO
	return n
}

// G does it, too.
func G() string {
	// TODO
	return "a  b"
}
`

func TestUntouched(t *testing.T) {
	both := []string{"F", "G"}
	tests := map[string]struct {
		source string
		want   []string
	}{
		"as handed out":      {handedOut, both},
		"laid out otherwise": {"package tp\nfunc F(n int) int { return n }\nfunc G() string {\n\n\n\treturn \"a  b\"\n}\n", both},
		"comments only":      {"package tp\n// mine\nfunc F(n int) int {\n\t// I thought about it\n\treturn n // still\n}\n", []string{"F"}},
		"one is done":        {"package tp\nfunc F(n int) int { return n + 1 }\nfunc G() string { return \"a  b\" }\n", []string{"G"}},
		"one is gone":        {"package tp\nfunc G() string { return \"a  b\" }\n", []string{"G"}},
		"it does not parse":  {"package tp\nfunc G() string {\n\t// TODO\n\treturn \"a  b\"\n}\nfunc F(n int) int {\n", []string{"G"}},
		"a method is not it": {"package tp\ntype t int\nfunc (t) F(n int) int { return n }\n", nil},
		"nothing":            {"", nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			assert.Equal(t, test.want, Untouched([]byte(test.source), []byte(handedOut), both))
		})
	}
}

func TestReset(t *testing.T) {
	solved := "package tp\n\nimport \"strings\"\n\n// F, solved.\nfunc F(n int) int {\n\treturn n * 2\n}\n\n// mine\nfunc help() string { return strings.ToUpper(\"x\") }\n\n// G, solved.\nfunc G() string { return help() }\n"
	got, err := Reset([]byte(solved), []byte(handedOut), []string{"G"})
	require.NoError(t, err)
	assert.Equal(t, "package tp\n\nimport \"strings\"\n\n// F, solved.\nfunc F(n int) int {\n\treturn n * 2\n}\n\n// mine\nfunc help() string { return strings.ToUpper(\"x\") }\n\n// G does it, too.\nfunc G() string {\n\t// TODO\n\treturn \"a  b\"\n}\n", string(got))

	got, err = Reset([]byte(solved), []byte(handedOut), []string{"F", "G"})
	require.NoError(t, err)
	assert.Equal(t, []string{"F", "G"}, Untouched(got, []byte(handedOut), []string{"F", "G"}))

	got, err = Reset([]byte(handedOut), []byte(handedOut), []string{"F", "G"})
	require.NoError(t, err)
	assert.Equal(t, handedOut, string(got), "what is as handed out stays, byte for byte")

	got, err = Reset([]byte("package tp\n"), []byte(handedOut), []string{"F"})
	require.NoError(t, err)
	assert.Equal(t, []string{"F"}, Untouched(got, []byte(handedOut), []string{"F", "G"}), "a function that is gone comes back")

	_, err = Reset([]byte("package"), []byte(handedOut), []string{"F"})
	assert.ErrorContains(t, err, "cannot be parsed")
	_, err = Reset([]byte(handedOut), []byte(handedOut), []string{"H"})
	assert.ErrorContains(t, err, "no function H")
}

func TestSameSignatures(t *testing.T) {
	assert.NoError(t, SameSignatures([]byte(handedOut), []byte("package tp\nfunc G() string { return \"\" }\nfunc F(n int) int { return 1 }\nfunc help() {}\n")))
	for name, solution := range map[string]string{
		"another type":      "package tp\nfunc G() string { return \"\" }\nfunc F(n int64) int { return 1 }\n",
		"one less":          "package tp\nfunc G() string { return \"\" }\n",
		"one more":          handedOut + "func H() {}\n",
		"it does not parse": "package",
	} {
		assert.Error(t, SameSignatures([]byte(handedOut), []byte(solution)), name)
	}
}
