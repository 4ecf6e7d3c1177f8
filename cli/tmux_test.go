package cli

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// The scripts that need a terminal have one of tmux's:
//
//	screen 80 24               opens it, with a shell
//	starts etincelle check …   runs a command in it; "over: CODE" shows when it has ended
//	types KEY…                 presses keys, by tmux's names
//	shows TEXT                 waits until the screen has the text
//	hides TEXT                 waits until it has not
//	matches FILE               compares the whole screen with a golden file
//	size 120 36                changes its size
//	signals TERM               sends a signal to the command
//	kills screen               kills (SIGKILL) the process that draws
//	kills guard                kills the one that watches over it, and waits for the screen's end
//	closes                     closes the terminal
//	sound                      the terminal is as a shell wants it

// patience is how long a screen may take to say what is awaited, a build on a
// busy machine included.
const patience = time.Minute

func screenCommands() map[string]func(*testscript.TestScript, bool, []string) {
	return map[string]func(*testscript.TestScript, bool, []string){
		"screen": openScreen,
		"starts": startInScreen,
		"types": func(ts *testscript.TestScript, _ bool, keys []string) {
			tmux(ts, append([]string{"send-keys", "-t", "x"}, keys...)...)
		},
		"shows": func(ts *testscript.TestScript, _ bool, text []string) { await(ts, text[0], true) },
		"hides": func(ts *testscript.TestScript, _ bool, text []string) { await(ts, text[0], false) },
		"size": func(ts *testscript.TestScript, _ bool, s []string) {
			tmux(ts, "resize-window", "-t", "x", "-x", s[0], "-y", s[1])
		},
		"matches": matchScreen,
		"signals": signalCommand,
		"kills":   killOne,
		"closes":  closeTerminal,
		"sound":   sound,
	}
}

func tmux(ts *testscript.TestScript, words ...string) string {
	cmd := exec.Command("tmux", append([]string{"-S", ts.MkAbs("tmux.sock"), "-f", os.DevNull}, words...)...)
	cmd.Dir = ts.MkAbs(".")
	out, err := cmd.CombinedOutput()
	if err != nil {
		ts.Fatalf("tmux %s: %v\n%s", strings.Join(words, " "), err, out)
	}
	return string(out)
}

func openScreen(ts *testscript.TestScript, _ bool, size []string) {
	words := []string{"new-session", "-d", "-s", "x", "-x", size[0], "-y", size[1]}
	for _, name := range []string{"PATH", "HOME", "WORK", "GOCACHE", "GOMODCACHE", "GOPATH", "GOFLAGS", "TMPDIR"} {
		words = append(words, "-e", name+"="+ts.Getenv(name))
	}
	words = append(words, "-e", "EDITOR=", "-e", "VISUAL=", "-e", "LC_ALL=C.UTF-8", "sh")
	tmux(ts, words...)
	ts.Defer(func() { exec.Command("tmux", "-S", ts.MkAbs("tmux.sock"), "kill-server").Run() })
	tmux(ts, "set", "-g", "status", "off")
}

// startInScreen runs a command whose process number is left in the file pid.
func startInScreen(ts *testscript.TestScript, _ bool, words []string) {
	line := "clear; sh -c 'echo $$ > pid; exec " + strings.Join(words, " ") + "'; echo over: $?"
	tmux(ts, "send-keys", "-t", "x", "-l", line)
	tmux(ts, "send-keys", "-t", "x", "Enter")
}

func capture(ts *testscript.TestScript) string { return tmux(ts, "capture-pane", "-p", "-t", "x") }

func await(ts *testscript.TestScript, text string, wanted bool) {
	if !until(func() bool { return strings.Contains(capture(ts), text) == wanted }) {
		ts.Fatalf("the screen has %q: awaited %t; it is\n%s", text, wanted, capture(ts))
	}
}

// until looks again and again.
func until(holds func() bool) bool {
	again := time.NewTicker(50 * time.Millisecond)
	defer again.Stop()
	for late := time.After(patience); ; {
		if holds() {
			return true
		}
		select {
		case <-again.C:
		case <-late:
			return false
		}
	}
}

func matchScreen(ts *testscript.TestScript, _ bool, args []string) {
	name := filepath.Join(scripts, "..", "screen", args[0])
	got := ""
	if os.Getenv("REWRITE") != "" {
		still := 0 // looks since the screen changed last
		until(func() bool {
			before := got
			if got = capture(ts); before != got {
				still = 0
			}
			still++
			return still > 30
		})
		ts.Check(os.WriteFile(name, []byte(got), 0o644))
	}
	want, err := os.ReadFile(name)
	ts.Check(err)
	if !until(func() bool { got = capture(ts); return got == string(want) }) {
		ts.Fatalf("the screen is not %s (REWRITE=1 writes it)\n%s", args[0], got)
	}
}

// processes are the command's, which watches, and that of the screen, its child.
func processes(ts *testscript.TestScript) (guard, screen int) {
	guard, err := strconv.Atoi(strings.TrimSpace(ts.ReadFile("pid")))
	ts.Check(err)
	children, err := exec.Command("pgrep", "-P", strconv.Itoa(guard)).Output()
	if err == nil {
		screen, err = strconv.Atoi(strings.TrimSpace(string(children)))
		ts.Check(err)
	}
	return guard, screen
}

// gone reports whether a process has ended, waited for or not.
func gone(pid int) bool {
	state, err := exec.Command("ps", "-o", "stat=", "-p", strconv.Itoa(pid)).Output()
	return err != nil || strings.HasPrefix(string(state), "Z")
}

func kill(ts *testscript.TestScript, pid int) {
	process, err := os.FindProcess(pid)
	ts.Check(err)
	ts.Check(process.Kill())
}

func killOne(ts *testscript.TestScript, _ bool, args []string) {
	guard, screen := processes(ts)
	if args[0] == "screen" {
		kill(ts, screen)
		return
	}
	kill(ts, guard)
	if !until(func() bool { return gone(screen) }) {
		ts.Fatalf("the screen outlives the process that watched over it")
	}
	tmux(ts, "send-keys", "-t", "x", "echo over: killed", "Enter") // the shell said so on the screen's page, which is gone
}

// closeTerminal takes the terminal away, as the button of a window does, and opens
// another one.
func closeTerminal(ts *testscript.TestScript, _ bool, _ []string) {
	guard, screen := processes(ts)
	tmux(ts, "new-window", "-d", "-t", "x:1", "-e", "LC_ALL=C.UTF-8", "sh")
	tmux(ts, "kill-window", "-t", "x:0")
	if !until(func() bool { return gone(guard) && gone(screen) }) {
		ts.Fatalf("a process outlives its terminal")
	}
}

func signalCommand(ts *testscript.TestScript, _ bool, args []string) {
	guard, _ := processes(ts)
	process, err := os.FindProcess(guard)
	ts.Check(err)
	known := map[string]syscall.Signal{"TERM": syscall.SIGTERM, "HUP": syscall.SIGHUP, "INT": syscall.SIGINT, "QUIT": syscall.SIGQUIT}
	ts.Check(process.Signal(known[args[0]]))
}

// sound looks at the terminal as whoever types the next command does: lines are
// edited and echoed, the cursor shows, the screen is the shell's.
func sound(ts *testscript.TestScript, _ bool, _ []string) {
	await(ts, "over: ", true)
	tmux(ts, "send-keys", "-t", "x", "-l", "clear; stty -a > modes; echo modes-$((1+1))")
	tmux(ts, "send-keys", "-t", "x", "Enter")
	await(ts, "modes-2", true)
	modes := strings.NewReplacer(";", " ", "\n", " ").Replace(ts.ReadFile("modes"))
	for _, mode := range []string{"icanon", "echo", "isig", "opost"} {
		if !strings.Contains(modes, " "+mode+" ") {
			ts.Fatalf("the terminal is left without %s:\n%s", mode, modes)
		}
	}
	if state := tmux(ts, "display-message", "-p", "-t", "x", "#{alternate_on}#{cursor_flag}"); strings.TrimSpace(state) != "01" {
		ts.Fatalf("the terminal is left with another page or without a cursor: %s", fmt.Sprintf("%q", state))
	}
}

// screens is the condition of that name: the scripts that drive a terminal take a
// minute and a machine that is not busy, so they run when ETINCELLE_SCREENS=1 asks
// for them and tmux is there.
func screens(name string) (bool, error) {
	if name != "screens" {
		return false, fmt.Errorf("condition %q: only [screens] is known", name)
	}
	_, err := exec.LookPath("tmux")
	return err == nil && os.Getenv("ETINCELLE_SCREENS") == "1", nil
}
