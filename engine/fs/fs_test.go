package fs

import (
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// both runs a test on each kind of file system. root is a folder of its own,
// written with the system's separators.
func both(t *testing.T, test func(t *testing.T, files FS, root string)) {
	t.Run("Memory", func(t *testing.T) { test(t, &Memory{}, filepath.FromSlash("/data")) })
	t.Run("System", func(t *testing.T) { test(t, System{}, t.TempDir()) })
}

func TestWriteReadStatListRemove(t *testing.T) {
	both(t, func(t *testing.T, files FS, root string) {
		at := func(name string) string { return filepath.Join(root, filepath.FromSlash(name)) }
		require.NoError(t, files.Write(at("out/part-1"), []byte("one")))
		require.NoError(t, files.Write(at("out/part-0"), []byte("zero")))
		require.NoError(t, files.Write(at("out/old/part-0"), nil))
		require.NoError(t, files.Write(at("out/part-1"), []byte("eins")), "a file is replaced")

		data, err := Read(files, at("out/part-1"))
		require.NoError(t, err)
		assert.Equal(t, "eins", string(data))

		info, err := files.Stat(at("out/part-0"))
		require.NoError(t, err)
		assert.Equal(t, Info{Path: at("out/part-0"), Size: 4}, info)
		info, err = files.Stat(at("out"))
		require.NoError(t, err)
		assert.True(t, info.Dir)

		list, err := files.List(at("out"))
		require.NoError(t, err)
		var names []string
		for _, info := range list {
			names = append(names, fmt.Sprint(filepath.Base(info.Path), " ", info.Dir))
		}
		assert.Equal(t, []string{"old true", "part-0 false", "part-1 false"}, names)

		require.NoError(t, files.Remove(at("out")))
		_, err = files.Stat(at("out/old/part-0"))
		assert.True(t, Missing(err))
		assert.NoError(t, files.Remove(at("out")), "nothing to remove is no error")
	})
}

func TestOpenFileIsReadFromAnyPlace(t *testing.T) {
	both(t, func(t *testing.T, files FS, root string) {
		path := filepath.Join(root, "verse")
		require.NoError(t, files.Write(path, []byte("to be or not to be")))
		f, err := files.Open(path)
		require.NoError(t, err)
		_, err = f.Seek(-5, io.SeekEnd)
		require.NoError(t, err)
		end, err := io.ReadAll(f)
		require.NoError(t, err)
		assert.Equal(t, "to be", string(end))
		require.NoError(t, f.Close())
	})
}

// What a program does with its slice after Write, or with what it read, is its
// own affair.
func TestFilesShareNothingWithTheProgram(t *testing.T) {
	both(t, func(t *testing.T, files FS, root string) {
		path, data := filepath.Join(root, "f"), []byte("abc")
		require.NoError(t, files.Write(path, data))
		data[0] = 'X'
		read, err := Read(files, path)
		require.NoError(t, err)
		read[1] = 'Y'
		again, err := Read(files, path)
		require.NoError(t, err)
		assert.Equal(t, "abc", string(again))
	})
}

// A file is written piece by piece, and each piece can be read before the next.
func TestCreate(t *testing.T) {
	both(t, func(t *testing.T, files FS, root string) {
		path := filepath.Join(root, "job", "task")
		require.NoError(t, files.Write(path, []byte("what was there before")))
		w, err := files.Create(path)
		require.NoError(t, err)
		holds := func(want string) {
			data, err := Read(files, path)
			require.NoError(t, err)
			assert.Equal(t, want, string(data))
			info, err := files.Stat(path)
			require.NoError(t, err)
			assert.Equal(t, int64(len(want)), info.Size)
		}
		holds("")
		piece := []byte("to be ")
		for _, want := range []string{"to be ", "to be or ", "to be or not"} {
			n, err := w.Write(piece)
			require.NoError(t, err)
			assert.Equal(t, len(piece), n)
			copy(piece, "XXXXXX") // the program's own affair
			holds(want)
			piece = []byte(map[string]string{"to be ": "or ", "to be or ": "not"}[want])
		}
		require.NoError(t, w.Close())
		_, err = w.Write(piece)
		assert.ErrorIs(t, err, fs.ErrClosed)
		assert.ErrorIs(t, w.Close(), fs.ErrClosed)
		holds("to be or not")
	})
}

// What is written to a file that was removed or replaced goes nowhere.
func TestCreatedFileThatIsGone(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows keeps a file while it is open")
	}
	both(t, func(t *testing.T, files FS, root string) {
		path := filepath.Join(root, "job", "task")
		for _, next := range []func() error{
			func() error { return files.Remove(filepath.Join(root, "job")) },
			func() error { return files.Write(path, []byte("another")) },
		} {
			w, err := files.Create(path)
			require.NoError(t, err)
			require.NoError(t, next())
			_, err = w.Write([]byte("late"))
			assert.NoError(t, err)
			assert.NoError(t, w.Close())
		}
		data, err := Read(files, path)
		require.NoError(t, err)
		assert.Equal(t, "another", string(data))
	})
}

// Pieces come from one goroutine while others read the file.
func TestCreatedFileIsReadMeanwhile(t *testing.T) {
	both(t, func(t *testing.T, files FS, root string) {
		path := filepath.Join(root, "f")
		w, err := files.Create(path)
		require.NoError(t, err)
		var readers sync.WaitGroup
		for i := range 100 {
			_, err := fmt.Fprintf(w, "%2d", i)
			require.NoError(t, err)
			readers.Go(func() {
				data, err := Read(files, path)
				assert.NoError(t, err)
				assert.Greater(t, len(data), 2*i+1)
				assert.Equal(t, fmt.Sprintf("%2d", i), string(data[min(2*i, len(data)):min(2*i+2, len(data))]))
			})
		}
		readers.Wait()
		require.NoError(t, w.Close())
	})
}

func TestRootOfMemory(t *testing.T) {
	var files Memory
	for _, root := range []string{".", "/"} {
		list, err := files.List(root)
		require.NoError(t, err)
		assert.Empty(t, list)
	}
	require.NoError(t, files.Write("a/b", []byte("relative")))
	require.NoError(t, files.Write("/a", []byte("absolute")))
	list, err := files.List(".")
	require.NoError(t, err)
	assert.Equal(t, []Info{{Path: "a", Dir: true}}, list)
	list, err = files.List("/")
	require.NoError(t, err)
	assert.Equal(t, []Info{{Path: "/a", Size: 8}}, list)
	assert.ErrorIs(t, files.Write("/", nil), errFolder)
	_, err = files.Create(".")
	assert.ErrorIs(t, err, errFolder)
}

// A failed Write leaves nothing behind: neither the file nor a half of it.
func TestFailedWriteLeavesNothing(t *testing.T) {
	both(t, func(t *testing.T, files FS, root string) {
		folder := filepath.Join(root, "folder")
		require.NoError(t, files.Write(filepath.Join(folder, "f"), []byte("x")))
		assert.Error(t, files.Write(folder, []byte("a folder stands here")))
		assert.Error(t, files.Write(filepath.Join(folder, "f", "g"), []byte("below a file")))
		list, err := files.List(root)
		require.NoError(t, err)
		assert.Len(t, list, 1, "no temporary file stays")
		data, err := Read(files, filepath.Join(folder, "f"))
		require.NoError(t, err)
		assert.Equal(t, "x", string(data))
	})
}

func TestHidden(t *testing.T) {
	for path, want := range map[string]bool{
		"part-00000": false, "out/part-00000": false, "_SUCCESS": true, "out/_SUCCESS": true,
		"out/.part-0.crc": true, "_temporary/part-0": false, "a_b": false,
	} {
		assert.Equal(t, want, Hidden(path), path)
	}
}

// Memory and System answer alike, whatever is done to them.
func TestMemoryBehavesAsSystem(t *testing.T) {
	folder := t.TempDir()
	round := 0
	rapid.Check(t, func(t *rapid.T) {
		round++
		root := filepath.Join(folder, fmt.Sprint(round))
		var memory Memory
		disk := System{}
		same := func(what string, onDisk, inMemory any, diskErr, memoryErr error) {
			require.Equal(t, diskErr == nil, memoryErr == nil, "%s: disk %v, memory %v", what, diskErr, memoryErr)
			require.Equal(t, Missing(diskErr), Missing(memoryErr), "%s: disk %v, memory %v", what, diskErr, memoryErr)
			require.Equal(t, onDisk, inMemory, what)
		}
		// Few names, so that files and folders get in each other's way.
		path := func() string {
			names := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "a.b"}), 1, 3).Draw(t, "path")
			return filepath.Join(append([]string{root}, names...)...)
		}
		t.Repeat(map[string]func(*rapid.T){
			"write": func(t *rapid.T) {
				p, data := path(), []byte(rapid.SampledFrom([]string{"", "x", "a longer text"}).Draw(t, "data"))
				derr, merr := disk.Write(p, data), memory.Write(p, data)
				require.Equal(t, derr == nil, merr == nil, "write %s: disk %v, memory %v", p, derr, merr)
			},
			"create": func(t *rapid.T) {
				p, pieces := path(), rapid.SliceOfN(rapid.SampledFrom([]string{"", "x", "a longer text"}), 0, 3).Draw(t, "pieces")
				derr, merr := inPieces(disk, p, pieces), inPieces(&memory, p, pieces)
				require.Equal(t, derr == nil, merr == nil, "create %s: disk %v, memory %v", p, derr, merr)
			},
			"read": func(*rapid.T) {
				p := path()
				d, derr := Read(disk, p)
				m, merr := Read(&memory, p)
				same("read "+p, string(d), string(m), derr, merr)
			},
			"stat": func(*rapid.T) {
				p := path()
				d, derr := disk.Stat(p)
				m, merr := memory.Stat(p)
				same("stat "+p, described(d), described(m), derr, merr)
			},
			"list": func(*rapid.T) {
				p := path()
				d, derr := disk.List(p)
				m, merr := memory.List(p)
				same("list "+p, described(d...), described(m...), derr, merr)
			},
			"remove": func(*rapid.T) {
				p := path()
				same("remove "+p, nil, nil, disk.Remove(p), memory.Remove(p))
			},
		})
	})
}

// inPieces makes a file of pieces.
func inPieces(files FS, path string, pieces []string) error {
	w, err := files.Create(path)
	if err != nil {
		return err
	}
	for _, piece := range pieces {
		if _, err := io.WriteString(w, piece); err != nil {
			return err
		}
	}
	return w.Close()
}

// described writes infos as text; the size of a folder means nothing.
func described(infos ...Info) string {
	var b strings.Builder
	for _, info := range infos {
		if info.Dir {
			info.Size = 0
		}
		fmt.Fprintf(&b, "%s %d %v\n", filepath.ToSlash(info.Path), info.Size, info.Dir)
	}
	return b.String()
}

// The folders that get a new name are those above what was missing.
func TestFoldersThatGetNames(t *testing.T) {
	root := t.TempDir()
	a, b, c := filepath.Join(root, "a"), filepath.Join(root, "a", "b"), filepath.Join(root, "a", "b", "c")
	assert.Empty(t, missing(root))
	assert.Equal(t, []string{b, a, root}, missing(c))
	require.NoError(t, System{}.Write(filepath.Join(c, "x"), []byte("1")))
	assert.Empty(t, missing(c))
	assert.NoError(t, syncFolders([]string{root, a, b, c}))
	assert.ErrorIs(t, syncFolder(filepath.Join(root, "z")), fs.ErrNotExist)
}
