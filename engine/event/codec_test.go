package event

import (
	"bytes"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// kinds lists the names of all facts.
func kinds() []string {
	var names []string
	for name := range decoders {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// anyEvent draws an event of some kind with random contents.
func anyEvent(t *rapid.T) Event {
	return anyOf(t, rapid.SampledFrom(kinds()).Draw(t, "kind"))
}

// anyOf draws an event of one kind.
func anyOf(t *rapid.T, kind string) Event {
	zero, err := decoders[kind]([]byte("{}"))
	require.NoError(t, err)
	e := reflect.New(reflect.TypeOf(zero)).Elem()
	fill(t, e, kind)
	return e.Interface().(Event)
}

// fill gives v and all inside it a random value.
func fill(t *rapid.T, v reflect.Value, name string) {
	if v.Type() == reflect.TypeFor[time.Time]() {
		const year9999 = 253402300799 // JSON times have four-digit years
		at := time.Unix(rapid.Int64Range(0, year9999).Draw(t, name), rapid.Int64Range(0, 999_999_999).Draw(t, name)).UTC()
		v.Set(reflect.ValueOf(at))
		return
	}
	switch v.Kind() {
	case reflect.Int, reflect.Int64:
		v.SetInt(rapid.Int64().Draw(t, name))
	case reflect.String:
		v.SetString(rapid.String().Draw(t, name))
	case reflect.Float64:
		v.SetFloat(rapid.Float64Range(-1e9, 1e9).Draw(t, name))
	case reflect.Bool:
		v.SetBool(rapid.Bool().Draw(t, name))
	case reflect.Slice:
		n := rapid.IntRange(0, 3).Draw(t, name)
		v.Set(reflect.MakeSlice(v.Type(), n, n))
		for i := range n {
			fill(t, v.Index(i), name)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			fill(t, v.Field(i), v.Type().Field(i).Name)
		}
	default:
		t.Fatalf("%s is a %s: teach fill to draw one", name, v.Kind())
	}
}

// same compares events; a recording does not tell an empty list from none.
func same(t require.TestingT, want, got any) {
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("decoded event differs (-encoded +decoded):\n%s", diff)
	}
}

func TestDecodeIsTheInverseOfEncode(t *testing.T) {
	for _, kind := range kinds() {
		t.Run(kind, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				e := anyOf(t, kind)
				data, err := Encode(e)
				require.NoError(t, err)
				require.NotContains(t, string(data), "\n", "one fact is one line")
				back, err := Decode(data)
				require.NoError(t, err)
				same(t, e, back)
			})
		})
	}
}

func TestReadIsTheInverseOfWrite(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		events := rapid.SliceOfN(rapid.Custom(anyEvent), 0, 4).Draw(t, "events")
		var recording bytes.Buffer
		require.NoError(t, Write(&recording, events))
		require.Equal(t, len(events), strings.Count(recording.String(), "\n"))
		back, err := Read(&recording)
		require.NoError(t, err)
		same(t, events, back)
	})
}

// A new fact that is not in decoders could be written and never read again.
func TestEveryFactHasADecoder(t *testing.T) {
	var declared []string
	for _, name := range []string{"text.go", "stream.go", "streamingtext.go"} {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		require.NoError(t, err)
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Name.Name == "Kind" {
				declared = append(declared, f.Recv.List[0].Type.(*ast.Ident).Name)
			}
		}
	}
	slices.Sort(declared)
	assert.Equal(t, declared, kinds())
	for _, kind := range kinds() {
		zero, err := decoders[kind]([]byte("{}"))
		require.NoError(t, err)
		assert.Equal(t, kind, zero.Kind())
		assert.Equal(t, kind, reflect.TypeOf(zero).Name())
	}
}

func TestDamagedRecording(t *testing.T) {
	good, err := Encode(JobEnd{Job: 7})
	require.NoError(t, err)
	for _, c := range []struct{ name, recording, want string }{
		{"not JSON", "job 0 ends", "line 1: not a recording of this engine: invalid character"},
		{"cut in the middle of a line", string(good) + "\n" + string(good[:len(good)/2]), "line 2: not a recording of this engine: unexpected end"},
		{"unknown kind", string(good) + "\n" + `{"kind":"Coffee","event":{}}`, `line 2: not a recording of this engine: unknown kind of event "Coffee"`},
		{"wrong type of field", `{"kind":"JobEnd","event":{"job":"seven"}}`, "line 1: not a recording of this engine: JobEnd: "},
		{"no event", `{"kind":"JobEnd"}`, "line 1: not a recording of this engine: JobEnd: "},
		{"two facts on a line", string(good) + string(good), "line 1: not a recording of this engine: invalid character"},
		{"blank line", string(good) + "\n\n" + string(good), "line 2: not a recording of this engine: "},
	} {
		t.Run(c.name, func(t *testing.T) {
			events, err := Read(strings.NewReader(c.recording))
			require.ErrorIs(t, err, ErrRecording)
			assert.ErrorContains(t, err, c.want)
			assert.Empty(t, events, "half a recording is none")
		})
	}
}

func TestReadAndWriteErrorsPassThrough(t *testing.T) {
	broken := errors.New("the disk is gone")
	_, err := Read(io.MultiReader(strings.NewReader(`{"kind":"SessionEnd","event":{}}`+"\n"), iotest.ErrReader(broken)))
	require.ErrorIs(t, err, broken)
	assert.ErrorContains(t, err, "line 2: ")

	in, out := io.Pipe()
	require.NoError(t, in.CloseWithError(broken))
	assert.ErrorIs(t, Write(out, []Event{SessionEnd{}}), broken)
	assert.NoError(t, Write(out, nil))
}

func ExampleEncode() {
	data, err := Encode(StageSkipped{Job: 1, Stage: 2, Shuffle: 0, WrittenBy: 0})
	fmt.Println(string(data), err)
	e, err := Decode(data)
	fmt.Println(e, err)
	// Output:
	// {"kind":"StageSkipped","event":{"job":1,"stage":2,"shuffle":0,"writtenBy":0}} <nil>
	// stage 2 is skipped: shuffle 0 was written by stage 0 <nil>
}

// Whatever the pieces are that a recording comes in, the same facts come out.
func TestReaderTakesPieces(t *testing.T) {
	var whole bytes.Buffer
	facts := []Event{JobStart{Job: 1, Action: "count"}, TaskEnd{Task: 3, Status: Succeeded}, SessionEnd{}}
	require.NoError(t, Write(&whole, facts))
	rapid.Check(t, func(t *rapid.T) {
		var r Reader
		var got []Event
		for rest := whole.Bytes(); len(rest) > 0; {
			n := rapid.IntRange(0, len(rest)).Draw(t, "bytes")
			events, err := r.Feed(rest[:n])
			require.NoError(t, err)
			got, rest = append(got, events...), rest[n:]
		}
		require.Equal(t, facts, got)
	})
	var r Reader
	_, err := r.Feed([]byte("{\"kind\":\"Nonsense\",\"event\":{}}\n"))
	require.ErrorContains(t, err, "line 1")
	require.ErrorIs(t, err, ErrRecording)
}
