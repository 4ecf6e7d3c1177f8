package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const cases = "../testdata/oracle/rdd"

// command runs the command on args.
func command(args ...string) (code int, out, problems string) {
	var o, p bytes.Buffer
	code = run(args, &o, &p)
	return code, o.String(), p.String()
}

func lastLine(text string) string {
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	return lines[len(lines)-1]
}

// altered is a folder with a good case, and one in which old became new.
func altered(t *testing.T, name, old, new string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(cases, name+".json"))
	require.NoError(t, err)
	require.Contains(t, string(data), old)
	folder := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(folder, "good.json"), data, 0o600))
	wrong := strings.Replace(string(data), old, new, 1)
	require.NoError(t, os.WriteFile(filepath.Join(folder, "wrong.json"), []byte(wrong), 0o600))
	return folder
}

func TestCommandPasses(t *testing.T) {
	for _, args := range [][]string{
		{"--run", "^take_", cases},
		{cases + "/take_100_10_3.json"},
	} {
		code, out, problems := command(args...)
		assert.Zero(t, code, "%s%s", out, problems)
		assert.Regexp(t, `^[1-9]\d* passed, 0 failed, 0 skipped\n$`, out)
	}
	_, out, _ := command("--verbose", cases+"/take_100_10_3.json")
	assert.Equal(t, "pass take_100_10_3\n1 passed, 0 failed, 0 skipped\n", out)
}

func TestCommandFindsFolderOfCases(t *testing.T) {
	folder := t.TempDir()
	require.NoError(t, os.Rename(altered(t, "glom_7_3", "glom", "glom"), filepath.Join(folder, "cases")))
	require.NoError(t, os.WriteFile(filepath.Join(folder, "measured.json"), []byte(`{"not":"a case"}`), 0o600))
	code, out, problems := command(folder)
	assert.Zero(t, code, problems)
	assert.Equal(t, "2 passed, 0 failed, 0 skipped\n", out)
}

func TestCommandFails(t *testing.T) {
	code, out, _ := command(altered(t, "glom_7_3", "[5, 6, 7]", "[5, 7, 6]"))
	assert.Equal(t, 1, code, out)
	assert.Equal(t, "1 passed, 1 failed, 0 skipped", lastLine(out))
	assert.Contains(t, out, "FAIL glom_7_3: glom: one List per partition\n  step 2: b.collect()\n    result[2][1]\n")
}

func TestCommandSkipsWhatIsNotBuilt(t *testing.T) {
	code, out, _ := command(altered(t, "glom_7_3", `"op": "glom"`, `"op": "pipe"`))
	assert.Zero(t, code)
	assert.Equal(t, "SKIP glom_7_3: pipe is not built yet\n1 passed, 0 failed, 1 skipped\n", out)
}

func TestOneBadCaseDoesNotHideTheOthers(t *testing.T) {
	code, out, _ := command(altered(t, "glom_7_3", `"order": "exact"`, `"order": "some"`))
	assert.Equal(t, 1, code)
	assert.Equal(t, "FAIL wrong cannot be run: case glom_7_3: order is \"some\", wanted exact or any\n1 passed, 1 failed, 0 skipped\n", out)
}

func TestCommandRefuses(t *testing.T) {
	folder := t.TempDir()
	other := filepath.Join(folder, "other.json")
	require.NoError(t, os.WriteFile(other, []byte(`{"name":"x","pipeline":[]}`), 0o600))
	broken := filepath.Join(folder, "broken.txt")
	require.NoError(t, os.WriteFile(broken, []byte("{"), 0o600))
	for _, c := range []struct {
		args []string
		says string
	}{
		{nil, "no folder was named"},
		{[]string{"--wrong"}, "not defined: -wrong"},
		{[]string{"--run", "(", cases}, "missing closing )"},
		{[]string{filepath.Join(folder, "nowhere")}, "nowhere"},
		{[]string{t.TempDir()}, "found no case"},
		{[]string{other}, "a case of a kind that is not known (its fields: name, pipeline); known: dstream, rdd"},
		{[]string{broken}, "not a case"},
	} {
		code, out, problems := command(c.args...)
		assert.Equal(t, 2, code, "%v", c.args)
		assert.Empty(t, out)
		assert.Contains(t, problems, c.says, "%v", c.args)
	}
	code, _, problems := command("--help")
	assert.Zero(t, code)
	assert.Contains(t, problems, "usage:")
}
