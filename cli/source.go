package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"etincelle/source"
)

// sourceCommand plays a dataset to a receiver.
func (a *app) sourceCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "source",
		Short: a.say("Envoyer un jeu de données à un récepteur", "Send a dataset to a receiver"),
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(a.tcpCommand())
	return cmd
}

func (a *app) tcpCommand() *cobra.Command {
	var s source.Server
	var dataset string
	var port int
	cmd := &cobra.Command{
		Use:   "tcp",
		Short: a.say("Un serveur TCP sur 127.0.0.1 qui rejoue un jeu de données, une ligne à la fois", "A TCP server on 127.0.0.1 that plays a dataset, a line at a time"),
		Long: a.say(
			"Envoie les lignes à qui se connecte. Avec --ack, chaque ligne vient après son numéro et une\ntabulation, et le serveur la garde jusqu'à ce que le client réponde « ack NUMÉRO » ; qui se\nreconnecte reçoit d'abord ce qu'il n'a pas acquitté. Avec --drop N, la connexion est coupée\naprès N lignes. Ctrl-C arrête.",
			"Sends the lines to whoever connects. With --ack each line comes after its number and a tab, and the\nserver keeps it until the client answers “ack NUMBER”; who connects again is sent first what it has\nnot acknowledged. With --drop N the connection is cut after N lines. Ctrl-C stops."),
		Example: "  go run . source tcp --dataset storm --rate 500\n  go run . source tcp --dataset storm --rate 500 --ack --drop 1000",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) (err error) {
			if s.Rate < 0 || s.Drop < 0 || port < 0 || port > 65535 {
				return a.usage("%s", a.say("--rate, --drop et --port : un nombre à partir de 0 est attendu (port : jusqu'à 65535)", "--rate, --drop and --port: expected a number from 0 (port: up to 65535)"))
			}
			if s.Lines, err = source.Load(a.root, dataset); err != nil {
				return &exit{exitUsage, err}
			}
			l, err := source.Listen(port)
			if err != nil {
				return &exit{exitUsage, fmt.Errorf("--port %d: %w", port, err)}
			}
			s.Tell = a.tellSource
			a.line(a.say("%d lignes sur %s, Ctrl-C pour arrêter", "%d lines on %s, Ctrl-C to stop"), len(s.Lines), l.Addr())
			return fault(s.Serve(cmd.Context(), l))
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&dataset, "dataset", "storm", a.say("jeu de données : ", "dataset: ")+strings.Join(source.Datasets(), ", ")+a.say(", ou un fichier", ", or a file"))
	flags.Float64Var(&s.Rate, "rate", 500, a.say("lignes par seconde, 0 : sans limite", "lines a second, 0 for no limit"))
	flags.IntVar(&port, "port", 9911, a.say("port, 0 : un port libre", "port, 0 for a free one"))
	flags.BoolVar(&s.Acks, "ack", false, a.say("garder les lignes jusqu'à leur acquittement", "keep lines until they are acknowledged"))
	flags.IntVar(&s.Drop, "drop", 0, a.say("lignes après lesquelles couper la connexion, 0 : jamais", "lines after which to cut the connection, 0 for never"))
	flags.BoolVar(&s.Loop, "loop", false, a.say("recommencer quand tout est envoyé", "begin again when all is sent"))
	return cmd
}

// tellSource tells what the server does.
func (a *app) tellSource(e source.Event) {
	what := map[string]string{
		"connected": a.say("client %s", "client %s"),
		"dropped":   a.say("connexion coupée : %s", "connection cut: %s"),
		"left":      a.say("le client est parti : %s", "the client has left: %s"),
		"over":      a.say("tout est envoyé%s", "all is sent%s"),
	}[e.What]
	a.line(what+a.say(" · %d lignes envoyées, %d renvoyées, %d acquittées", " · %d lines sent, %d sent again, %d acknowledged"), e.Client, e.Sent.Lines, e.Sent.Resent, e.Sent.Acked)
}
