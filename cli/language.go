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
		case "completion":
			cmd.Short = "Complétion pour votre interpréteur de commandes"
		}
		for _, sub := range cmd.Commands() {
			walk(sub)
		}
	}
	walk(root)
}
