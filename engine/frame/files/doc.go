// Package files reads and writes tables in files of text: CSV, JSON lines, plain
// lines. It gives package frame's readers their tables, and its writers their
// encoders.
//
//	table.go          what the formats share: files, spans, the plan's Table
//	blocks.go         whole lines of a span, in blocks
//	csv.go, field.go  CSV: lines to typed columns
//	infer.go          which types the fields of a CSV have
//	json.go           one JSON object a line
//	text.go           a line is a row
//	encode.go         rows to lines
package files
