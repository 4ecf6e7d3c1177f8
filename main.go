// Étincelle: the course "Spark et le streaming" as a kit of exercises in Go.
// `go run .` starts the course.
package main

import (
	"os"

	"etincelle/cli"
)

func main() { os.Exit(cli.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }
