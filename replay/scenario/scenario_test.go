package scenario

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"etincelle/grader/message"
)

func sample() Scenario {
	return Scenario{Version: Version, Title: "t", Time: "at", Key: "k", Rows: rows(9), BatchRows: 2,
		Window: Duration(10 * time.Minute), Slide: Duration(5 * time.Minute), Delay: Duration(10 * time.Minute), Modes: []string{"append", "update"}}
}

func rows(n int) []Row {
	var all []Row
	for i := range n {
		all = append(all, Row{time.Unix(int64(i), 0).UTC(), "a"})
	}
	return all
}

func TestAFileReadsAsItWasWritten(t *testing.T) {
	s := sample()
	s.Added = []Added{{Row: Row{time.Unix(5, 0).UTC(), "âne"}, Batch: 3}}
	body, err := s.Encode()
	require.NoError(t, err)
	again, err := Read(strings.NewReader(string(body)))
	require.NoError(t, err)
	require.Equal(t, s, again)
}

func TestRefusals(t *testing.T) {
	for want, change := range map[string]func(*Scenario){
		"version 2":               func(s *Scenario) { s.Version = 2 },
		"both must be more":       func(s *Scenario) { s.Window = 0 },
		"at most the window":      func(s *Scenario) { s.Slide = s.Window + 1000 },
		"more than 200 windows":   func(s *Scenario) { s.Slide = Duration(time.Second) },
		"whole microseconds":      func(s *Scenario) { s.Window++ },
		"delay -1ns":              func(s *Scenario) { s.Delay = -1 },
		"batchRows -1":            func(s *Scenario) { s.BatchRows = -1 },
		"at least 1 row each":     func(s *Scenario) { s.Batches = []int{2, 0} },
		"two names":               func(s *Scenario) { s.Key = s.Time },
		"rows or file":            func(s *Scenario) { s.File = "datasets/animals.csv" },
		"a path below datasets/":  func(s *Scenario) { s.Rows, s.File = nil, "datasets/../../etc/passwd" },
		"one of append":           func(s *Scenario) { s.Modes = nil },
		`mode "append"`:           func(s *Scenario) { s.Modes = []string{"append", "append"} },
		"a row is added to batch": func(s *Scenario) { s.Added = []Added{{Batch: -1}} },
	} {
		s := sample()
		change(&s)
		require.ErrorContains(t, s.Check(), want)
	}
	require.NoError(t, sample().Check())
	for _, text := range []string{"", "[]", `{"version":1,"unknown":2}`, `{"window":"ten"}`, strings.Repeat(" ", maxFile+1)} {
		_, err := Read(strings.NewReader(text))
		require.Error(t, err)
	}
}

// Law: every row arrives once, in its order, an added one at the end of its batch,
// and no batch is empty.
func TestArrivals(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := Scenario{BatchRows: rapid.IntRange(0, 4).Draw(t, "batchRows"), Batches: rapid.SliceOfN(rapid.IntRange(1, 4), 0, 4).Draw(t, "batches")}
		base := rows(rapid.IntRange(0, 12).Draw(t, "rows"))
		for i, b := range rapid.SliceOfN(rapid.IntRange(0, 8), 0, 4).Draw(t, "added") {
			s.Added = append(s.Added, Added{Row{time.Unix(int64(1000+i), 0).UTC(), "x"}, b})
		}
		all, sizes := s.Arrivals(base)
		total := 0
		for _, n := range sizes {
			require.Positive(t, n)
			total += n
		}
		require.Equal(t, len(all), total)
		require.Len(t, all, len(base)+len(s.Added))
		var old []Row
		for _, r := range all {
			if r.Key == "a" {
				old = append(old, r)
			}
		}
		require.Equal(t, len(base), len(old))
		for i := range old {
			require.Equal(t, base[i], old[i])
		}
	})
}

func TestAddedToABatch(t *testing.T) {
	s := Scenario{Batches: []int{2, 2}, Added: []Added{{Row{Key: "x"}, 0}, {Row{Key: "y"}, 7}}}
	all, sizes := s.Arrivals(rows(4))
	require.Equal(t, []int{3, 2, 1}, sizes)
	require.Equal(t, "x", all[2].Key)
	require.Equal(t, "y", all[5].Key)
}

func TestFilesThatAreNoScenario(t *testing.T) {
	for body, want := range map[string]string{
		"":                      "le fichier s'arrête avant la fin du scénario",
		"{\n\"receivers\": 2":   "le fichier s'arrête avant la fin du scénario",
		"{\n\"receivers\": 2,,": "ligne 2 : ce n'est pas du JSON",
		"{\"version\": 1,\n\"receivers\": \"x\"}": "ligne 2, receivers : string trouvé, int attendu",
		"{\"wat\": 1}":        "champ \"wat\" inconnu",
		"{\"batch\": \"xx\"}": "\"xx\" : une durée est attendue",
	} {
		_, err := ReadReceiving(strings.NewReader(body))
		var said Problems
		require.ErrorAs(t, err, &said, body)
		require.Contains(t, said.In(message.French), want, body)
	}
}
