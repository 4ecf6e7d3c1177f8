package rdd_test

import (
	"fmt"
	"path/filepath"

	"etincelle/engine"
	"etincelle/engine/fs"
	"etincelle/engine/rdd"
)

// One file a partition, and _SUCCESS when all are there. fs.Memory is a disk that
// is gone with the program.
func ExampleRDD_SaveAsTextFile() {
	var disk fs.Memory
	s := engine.Start(engine.Files(&disk))
	defer s.Stop()
	counts := rdd.Of(s, 2, rdd.KV("chat", 3), rdd.KV("chien", 1))
	engine.Check(counts.SaveAsTextFile("out"))
	for _, file := range engine.Must(disk.List("out")) {
		fmt.Printf("%s %q\n", filepath.Base(file.Path), engine.Must(fs.Read(&disk, file.Path)))
	}
	fmt.Println(counts.SaveAsTextFile("out") != nil) // nothing is written over
	// Output:
	// _SUCCESS ""
	// part-00000 "(chat,3)\n"
	// part-00001 "(chien,1)\n"
	// true
}
