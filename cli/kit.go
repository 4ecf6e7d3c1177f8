package cli

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"etincelle/grader/build"
	"etincelle/grader/message"
	"etincelle/kit"
)

// kitCommand makes what an instructor gives to students.
func (a *app) kitCommand() *cobra.Command {
	var out string
	var o kit.Options
	cmd := &cobra.Command{
		Use:     "kit --out DIR",
		Aliases: []string{"préparer", "preparer"},
		Short:   a.say("Préparer ce que reçoivent les étudiants (enseignants)", "Make what students are given (instructors)"),
		Long: a.say(
			"Écrit dans --out le dossier etincelle/ et etincelle.zip : un module Go qui se compile, avec les TP\nchoisis tels qu'ils sont distribués, le moteur, les données qu'ils lisent et les commandes. Les\nsolutions, les cas cachés et leurs générateurs n'y sont pas : s'il en restait une ligne, rien ne\nserait écrit. Le résultat est compilé, testé et vérifié avant d'apparaître.",
			"Writes to --out the folder etincelle/ and etincelle.zip: a Go module that builds, with the labs\nchosen as they are handed out, the engine, the data that they read and the commands. Solutions,\nhidden cases and their generators are not in it: were a line of them left, nothing would be written.\nThe result is built, tested and checked before it appears."),
		Example: "  go run . kit --out ../kit-2026 --tp tp02\n  go run . kit --out ../kit-2026 --vendor",
		Args:    a.takes(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if out == "" {
				return a.usage(a.say("kit : --out est attendu, le dossier où écrire. Exemple :\n%s", "kit: --out is expected, the folder to write to. Example:\n%s"), cmd.Example)
			}
			if err := a.known(o.Labs); err != nil {
				return err
			}
			o.Tell = func(step string) { fmt.Fprintln(a.problems, a.step(step)) }
			made, err := kit.Make(cmd.Context(), a.root, out, o)
			var leaks kit.Leaks
			switch {
			case errors.As(err, &leaks):
				return &exit{exitWrong, err}
			case errors.Is(err, kit.ErrPlace):
				return &exit{exitUsage, err}
			case err != nil:
				return fault(err)
			}
			a.made(made)
			return nil
		},
	}
	cmd.Flags().StringVar(&out, "out", "", a.say("dossier où écrire le kit", "folder to write the kit to"))
	cmd.Flags().StringSliceVar(&o.Labs, "tp", nil, a.say("TP du kit (d'office : tous)", "labs in the kit (all by default)"))
	cmd.Flags().BoolVar(&o.Vendor, "vendor", false, a.say("avec les modules nécessaires, pour une salle sans réseau", "with the modules it needs, for a room without network"))
	return cmd
}

// step says what is being done, for whoever waits.
func (a *app) step(name string) string {
	return map[string]string{
		"select": a.say("Choix des fichiers …", "Choosing the files …"),
		"vendor": a.say("Copie des modules …", "Copying the modules …"),
		"try":    a.say("Compilation et essai du kit (une minute environ) …", "Building and trying the kit (about a minute) …"),
		"zip":    a.say("Mise en place …", "Putting it in place …"),
	}[name]
}

// made says what lies where.
func (a *app) made(k kit.Kit) {
	a.line(a.say("TP : %s", "Labs: %s"), strings.Join(k.Labs, ", "))
	a.line(a.say("%s : %s fichiers, %s Kio", "%s: %s files, %s KiB"), k.Folder, message.Number(a.language, int64(k.Files)), message.Number(a.language, k.Size>>10))
	a.line(a.say("%s : %s Kio, sha256 %s", "%s: %s KiB, sha256 %s"), k.Zip, message.Number(a.language, k.ZipSize>>10), k.SHA256)
	for _, left := range k.Left {
		a.line(a.say("laissé de côté : %s", "left behind: %s"), left)
	}
}

// instructors are commands that need what a kit does not hold: there they are
// not listed, and say so when they are asked for.
func (a *app) instructors(commands ...*cobra.Command) []*cobra.Command {
	root, err := build.Root(".")
	if err != nil {
		return commands // the command will say so itself
	}
	if _, err := os.Stat(filepath.Join(root, "grader", "hidden")); err == nil {
		return commands
	}
	for _, cmd := range commands {
		cmd.Hidden, cmd.DisableFlagParsing, cmd.Args = true, true, cobra.ArbitraryArgs
		cmd.RunE = func(cmd *cobra.Command, _ []string) error {
			return a.usage(a.say(
				"%s : cette commande est celle de l'enseignant. Ce dossier est un kit d'étudiant, sans cas cachés ni solutions. Pour vérifier vos exercices : go run . check TP",
				"%s: this command is the instructor's. This folder is a student's kit, without hidden cases or solutions. To check your exercises: go run . check TP"), cmd.Name())
		}
	}
	return commands
}
