// Package datasets is the folder of small real files that the labs read:
// README.md lists them, with source, licence, columns and sums.
//
// Its tests keep README.md true: the files are the ones that it lists, byte
// for byte, and their columns, kinds and nulls are as it says.
package datasets
