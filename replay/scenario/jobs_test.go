package scenario

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestJobs(t *testing.T) {
	s := Jobs{Version: Version, TP: "tp02", Executors: 3, Cores: 1, Memory: 4096, Copies: 2, Kills: []TaskKill{{Tasks: 0, Executor: "e1"}}}
	body, err := s.Encode()
	require.NoError(t, err)
	again, err := ReadJobs(strings.NewReader(string(body)))
	require.NoError(t, err)
	require.Equal(t, s, again)
	for want, change := range map[string]func(*Jobs){
		"version 9":            func(s *Jobs) { s.Version = 9 },
		"as tp02":              func(s *Jobs) { s.TP = "" },
		"21 executors":         func(s *Jobs) { s.Executors = 21 },
		"-1 cores":             func(s *Jobs) { s.Cores = -1 },
		"from 1 byte":          func(s *Jobs) { s.Memory = -1 },
		"3 copies":             func(s *Jobs) { s.Copies = 3 },
		"at most 100":          func(s *Jobs) { s.Kills = make([]TaskKill, 101) },
		"a kill needs":         func(s *Jobs) { s.Kills = []TaskKill{{Tasks: -1, Executor: "e0"}} },
		"tasks from 0, it has": func(s *Jobs) { s.Kills = []TaskKill{{}} },
	} {
		one := s
		change(&one)
		require.ErrorContains(t, one.Check(), want)
	}
}
