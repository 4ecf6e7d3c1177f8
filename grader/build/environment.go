package build

import (
	"context"
	"encoding/json"
	"fmt"
	"os/exec"
	"slices"
	"strings"
)

// A build's environment is closed: a student's settings and an instructor's
// must give the same program, without a network and without a C compiler.

// inherited are the variables a build needs from its surroundings: where the go
// command and a temporary folder are. Nothing else gets in.
var inherited = []string{
	"PATH", "HOME", "TMPDIR", "XDG_CACHE_HOME", "GOROOT",
	"USERPROFILE", "LOCALAPPDATA", "APPDATA", "SYSTEMROOT", "TEMP", "TMP", // Windows
}

// places are where the go command keeps what it has. They may be set by
// `go env -w`, which a closed build does not read, so they are asked for.
var places = []string{"GOCACHE", "GOMODCACHE", "GOPATH"}

// closed are the settings of every build.
var closed = []string{
	"CGO_ENABLED=0",     // no C compiler is needed, none is run
	"GOENV=off",         // no settings of `go env -w`
	"GOWORK=off",        // no workspace around the module
	"GOFLAGS=",          // the go command's own: modules from vendor/ where a kit has one, else -mod=readonly
	"GOPROXY=off",       // no network
	"GOTOOLCHAIN=local", // no other Go is fetched
}

// environment is the go command's whole environment.
func environment(lookup func(string) (string, bool), caches map[string]string) []string {
	variables := append([]string(nil), closed...)
	variables = append(variables, flags(lookup)...)
	for _, name := range inherited {
		if value, set := lookup(name); set {
			variables = append(variables, name+"="+value)
		}
	}
	for _, name := range places {
		if value := caches[name]; value != "" {
			variables = append(variables, name+"="+value)
		}
	}
	return variables
}

// flags are those of the surroundings that a build keeps: whoever compiles
// without paths has the packages compiled that way already.
func flags(lookup func(string) (string, bool)) []string {
	if set, _ := lookup("GOFLAGS"); slices.Contains(strings.Fields(set), "-trimpath") {
		return []string{"GOFLAGS=-trimpath"}
	}
	return nil
}

// toolFolder names, in the answer of caches, the folder of compiler and linker.
const toolFolder = "GOTOOLDIR"

// caches asks the go command for its places, in about 5 ms.
func caches(ctx context.Context, goCommand string) (map[string]string, error) {
	answer, err := exec.CommandContext(ctx, goCommand, append([]string{"env", "-json", toolFolder}, places...)...).Output()
	if err != nil {
		return nil, fmt.Errorf("`go env` failed; try it in this folder: %w", err)
	}
	found := map[string]string{}
	if err := json.Unmarshal(answer, &found); err != nil {
		return nil, fmt.Errorf("`go env -json` gave no JSON: %w", err)
	}
	return found, nil
}
