package build

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestEnvironmentIsClosed(t *testing.T) {
	outside := map[string]string{"PATH": "/bin", "HOME": "/home/a", "GOFLAGS": "-mod=mod", "CGO_ENABLED": "1", "GOOS": "plan9", "SECRET": "x", "GOCACHE": "/unasked"}
	got := environment(func(name string) (string, bool) { value, set := outside[name]; return value, set },
		map[string]string{"GOCACHE": "/cache", "GOPATH": ""})
	assert.ElementsMatch(t, []string{
		"CGO_ENABLED=0", "GOENV=off", "GOWORK=off", "GOFLAGS=", "GOPROXY=off", "GOTOOLCHAIN=local",
		"PATH=/bin", "HOME=/home/a", "GOCACHE=/cache",
	}, got)
	outside["GOFLAGS"] = "-buildvcs=false -trimpath"
	got = environment(func(name string) (string, bool) { value, set := outside[name]; return value, set }, nil)
	assert.Equal(t, "GOFLAGS=-trimpath", got[len(closed)], "it comes after the other: the last one counts")
}
