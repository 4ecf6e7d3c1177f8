package cli

import (
	"os"
	"runtime"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"etincelle/grader/message"
)

// language is French unless --lang, ETINCELLE_LANG or the locale says English:
// the course is French. C and POSIX name no language.
func language(args []string, env func(string) (string, bool)) message.Language {
	for i, arg := range args {
		value, found := strings.CutPrefix(arg, "--lang=")
		if arg == "--lang" && i+1 < len(args) {
			value, found = args[i+1], true
		}
		if found {
			return named(value)
		}
	}
	for _, name := range []string{"ETINCELLE_LANG", "LC_ALL", "LC_MESSAGES", "LANG"} {
		if value, set := env(name); set && value != "" {
			return named(value)
		}
	}
	return message.French
}

func named(locale string) message.Language {
	if code, _, _ := strings.Cut(strings.ToLower(locale), "_"); code == "en" {
		return message.English
	}
	return message.French
}

func isTerminal(f *os.File) bool { return term.IsTerminal(int(f.Fd())) }

// hasScreen reports whether a screen can be opened: the process may have been given
// a terminal that it does not command, as `su -c` does.
func hasScreen() bool {
	if runtime.GOOS == "windows" {
		return true
	}
	tty, err := os.OpenFile("/dev/tty", os.O_RDWR, 0)
	if err != nil {
		return false
	}
	return tty.Close() == nil
}

// terminalWidth is the width in columns, 80 when it cannot be asked.
func terminalWidth(f *os.File) int {
	width, _, err := term.GetSize(int(f.Fd()))
	if err != nil || width < 20 {
		return 80
	}
	return min(width, 120) // longer lines are hard to read
}

// dress puts cobra's own words into the reader's language.
func (a *app) dress(root *cobra.Command) {
	root.InitDefaultHelpFlag()
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	template := `{{if or .Runnable .HasSubCommands}}` + a.say("Emploi", "Usage") + `:
  {{.UseLine}}{{if .HasAvailableSubCommands}}
  {{.CommandPath}} ` + a.say("COMMANDE", "COMMAND") + `{{end}}{{end}}{{if .Aliases}}

` + a.say("Autres noms", "Also") + `: {{.NameAndAliases}}{{end}}{{if .HasExample}}

` + a.say("Exemples", "Examples") + `:
{{.Example}}{{end}}{{if .HasAvailableSubCommands}}

` + a.say("Commandes", "Commands") + `:{{range .Commands}}{{if .IsAvailableCommand}}
  {{rpad .Name .NamePadding}} {{.Short}}{{end}}{{end}}{{end}}{{if .HasAvailableLocalFlags}}

Options:
{{.LocalFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}{{if .HasAvailableInheritedFlags}}

` + a.say("Options de toutes les commandes", "Options of all commands") + `:
{{.InheritedFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}
`
	root.SetUsageTemplate(template)
	root.SetFlagErrorFunc(a.misread)
	a.dressCompletion(root)
	if a.language == message.English {
		return
	}
	var walk func(*cobra.Command)
	walk = func(cmd *cobra.Command) {
		cmd.InitDefaultHelpFlag()
		if f := cmd.Flags().Lookup("help"); f != nil {
			f.Usage = "cette aide"
		}
		switch cmd.Name() {
		case "help":
			cmd.Short = "Aide sur une commande"
		}
		for _, sub := range cmd.Commands() {
			walk(sub)
		}
	}
	walk(root)
}

// loads is how each shell takes in a completion for the session.
var loads = map[string]string{
	"bash":       "source <(etincelle completion bash)",
	"zsh":        "source <(etincelle completion zsh)",
	"fish":       "etincelle completion fish | source",
	"powershell": "etincelle completion powershell | Out-String | Invoke-Expression",
}

// dressCompletion says of the completion what it completes: the built program.
func (a *app) dressCompletion(root *cobra.Command) {
	for _, cmd := range root.Commands() {
		if cmd.Name() != "completion" {
			continue
		}
		cmd.Short = a.say("Complétion pour votre interpréteur de commandes", "Completion for your shell")
		cmd.Long = a.say(
			"Écrit la complétion des commandes pour un interpréteur. Elle complète le programme construit,\n« etincelle », et non « go run . » : go build -o etincelle . , puis un dossier du PATH.",
			"Writes the completion of the commands for a shell. It completes the built program, “etincelle”,\nnot “go run .”: go build -o etincelle . and then a folder of the PATH.")
		for _, shell := range cmd.Commands() {
			shell.Short = a.say("pour ", "for ") + shell.Name()
			shell.Long = a.say("Pour la session en cours :\n\n  ", "For this session:\n\n  ") + loads[shell.Name()]
		}
	}
}
