/*
 * A disk that can lose power, be full, be slow or fail, under PostgreSQL alone (LD_PRELOAD).
 * Whatever a process writes below FAULTS_ROOT is noted in FAULTS_NOTES with the bytes that stood
 * there before, and the note goes when the file is synced. disk.ts puts the noted bytes back: that
 * is what a power cut may do. Files in FAULTS_NOTES switch the faults: `full`, `slow`, `failing`,
 * and `cut`, after which no write and no sync returns any more.
 * A sync of a file makes its creation last, as ext4 and xfs do; a rename lasts when its folder is
 * synced. Taken as lasting at once, and so not tried: unlink, truncate by path (both only after a
 * drop), and what goes through stdio (statistics, version files).
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#define FDS 65536
#define REAL(name) \
  static __typeof__(name) *real; \
  if (!real) real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

/* One noted write: `kept` old bytes follow. disk.ts reads the same four numbers. */
struct note {
  int64_t offset, length, kept, size_before;
};

static const char *root, *notes;
static int lock_fd = -1;
static unsigned char is_ours[FDS];

static ssize_t plain_write(int fd, const void *bytes, size_t length) {
  REAL(write);
  return real(fd, bytes, length);
}

/* A disk that notes nothing would prove nothing. */
static void give_up(int line) {
  char words[80];
  int length = snprintf(words, sizeof words, "disk.c:%d: errno %d\n", line, errno);
  if (plain_write(2, words, length) < 0) _exit(1);
  abort();
}

static int plain_open(const char *path, int flags, mode_t mode) {
  REAL(open);
  return real(path, flags, mode);
}

static int plain_close(int fd) {
  REAL(close);
  return real(fd);
}

__attribute__((constructor)) static void begin(void) {
  char path[PATH_MAX];
  if (!getenv("FAULTS_ROOT") || !getenv("FAULTS_NOTES")) return;
  /* Copies: PostgreSQL writes its titles over the environment. */
  root = strdup(getenv("FAULTS_ROOT"));
  notes = strdup(getenv("FAULTS_NOTES"));
  snprintf(path, sizeof path, "%s/lock", notes);
  lock_fd = plain_open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (lock_fd < 0) give_up(__LINE__);
}

static int is_switched(const char *name) {
  char path[PATH_MAX];
  snprintf(path, sizeof path, "%s/%s", notes, name);
  return access(path, F_OK) == 0;
}

/* Whether a fault is on; each time that it is met is one byte, so that a trial without it shows. */
static int meets(const char *name) {
  char path[PATH_MAX];
  if (!is_switched(name)) return 0;
  snprintf(path, sizeof path, "%s/met-%s", notes, name);
  int fd = plain_open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
  if (fd >= 0 && plain_write(fd, ".", 1) != 1) give_up(__LINE__);
  if (fd >= 0) plain_close(fd);
  return 1;
}

static void stop_if_cut(void) {
  while (is_switched("cut")) pause();
}

/* One lock a file: the byte at its inode's number. It falls when its owner is killed. */
static void lock(ino_t inode, short kind) {
  struct flock one = {.l_type = kind, .l_whence = SEEK_SET, .l_start = (off_t)inode, .l_len = 1};
  while (fcntl(lock_fd, F_SETLKW, &one) != 0 && errno == EINTR) continue;
}

static int is_inside(const char *path) {
  char folder[PATH_MAX];
  if (!root || strstr(path, "pgsql_tmp") || strstr(path, "postmaster.")) return 0;
  if (path[0] != '/') {
    if (!getcwd(folder, sizeof folder)) return 0;
    path = folder;
  }
  size_t length = strlen(root);
  return strncmp(path, root, length) == 0 && (path[length] == 0 || path[length] == '/');
}

static int ours(int fd) { return fd >= 0 && fd < FDS && is_ours[fd]; }

static void name_note(char *path, const char *kind, ino_t inode) {
  snprintf(path, PATH_MAX, "%s/%s-%ju", notes, kind, (uintmax_t)inode);
}

static void append(const char *path, const struct iovec *parts, int count) {
  int fd = plain_open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
  if (fd < 0) give_up(__LINE__);
  REAL(writev);
  size_t all = 0;
  for (int i = 0; i < count; i++) all += parts[i].iov_len;
  if (real(fd, parts, count) != (ssize_t)all) give_up(__LINE__);
  plain_close(fd);
}

/* The length in front says what is whole: a writer may be killed in the middle. */
static void append_whole(const char *path, const struct iovec parts[2], int64_t length) {
  int fd = plain_open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  int64_t whole = 0;
  if (fd < 0 || pread(fd, &whole, sizeof whole, 0) < 0) give_up(__LINE__);
  if (whole == 0) whole = sizeof whole;
  if (pwritev(fd, parts, 2, whole) != length) give_up(__LINE__);
  whole += length;
  if (pwrite(fd, &whole, sizeof whole, 0) != sizeof whole) give_up(__LINE__);
  plain_close(fd);
}

/* Also of a file that was opened for writing alone. */
static int64_t read_old(int fd, char *old, int64_t length, int64_t offset) {
  char path[64];
  int64_t got = pread(fd, old, length, offset);
  if (got >= 0 || errno != EBADF) return got;
  snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
  int again = plain_open(path, O_RDONLY | O_CLOEXEC, 0);
  got = pread(again, old, length, offset);
  plain_close(again);
  return got;
}

/* Before bytes change: what stands there now, and how long the file is. */
static void note_change(int fd, const struct stat *file, int64_t offset, int64_t length) {
  char path[PATH_MAX];
  int64_t kept = file->st_size - offset < length ? file->st_size - offset : length;
  if (kept < 0) kept = 0;
  char *old = malloc(kept ? kept : 1);
  if (!old || (kept && read_old(fd, old, kept, offset) != kept)) give_up(__LINE__);
  struct note head = {offset, length, kept, file->st_size};
  struct iovec parts[2] = {{&head, sizeof head}, {old, kept}};
  name_note(path, "data", file->st_ino);
  append_whole(path, parts, sizeof head + kept);
  free(old);
}

/* Begins a change: 0 to go on with the file locked, or the error that the disk answers. */
static int begin_change(int fd, struct stat *file, int64_t offset, int64_t length) {
  stop_if_cut();
  if (fstat(fd, file) != 0) return errno;
  if (meets("failing")) return EIO;
  if (offset + length > file->st_size && meets("full")) return ENOSPC;
  lock(file->st_ino, F_WRLCK);
  if (fstat(fd, file) != 0) return errno;
  note_change(fd, file, offset, length);
  return 0;
}

static ssize_t end_change(const struct stat *file, ssize_t answer) {
  int error = errno;
  lock(file->st_ino, F_UNLCK);
  return errno = error, answer;
}

#define CHANGE(fd, offset, length) \
  struct stat file; \
  int error = begin_change(fd, &file, offset, length); \
  if (error) return errno = error, -1

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t offset) {
  REAL(pwrite);
  if (!ours(fd)) return real(fd, bytes, length, offset);
  CHANGE(fd, offset, length);
  return end_change(&file, real(fd, bytes, length, offset));
}

ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t offset) {
  REAL(pwritev);
  if (!ours(fd)) return real(fd, parts, count, offset);
  int64_t length = 0;
  for (int i = 0; i < count; i++) length += parts[i].iov_len;
  CHANGE(fd, offset, length);
  return end_change(&file, real(fd, parts, count, offset));
}

ssize_t write(int fd, const void *bytes, size_t length) {
  if (!ours(fd)) return plain_write(fd, bytes, length);
  off_t offset = fcntl(fd, F_GETFL) & O_APPEND ? lseek(fd, 0, SEEK_END) : lseek(fd, 0, SEEK_CUR);
  CHANGE(fd, offset, length);
  return end_change(&file, plain_write(fd, bytes, length));
}

int ftruncate(int fd, off_t size) {
  REAL(ftruncate);
  if (!ours(fd)) return real(fd, size);
  struct stat file;
  stop_if_cut();
  if (fstat(fd, &file) != 0) return -1;
  lock(file.st_ino, F_WRLCK);
  if (fstat(fd, &file) == 0) {
    int64_t gone = file.st_size > size ? file.st_size - size : 0;
    note_change(fd, &file, size, gone);
  }
  return (int)end_change(&file, real(fd, size));
}

int posix_fallocate(int fd, off_t offset, off_t length) {
  REAL(posix_fallocate);
  if (!ours(fd)) return real(fd, offset, length);
  struct stat file;
  if (fstat(fd, &file) != 0) return errno;
  int64_t grown = offset + length - file.st_size;
  if (grown <= 0) return real(fd, offset, length);
  int error = begin_change(fd, &file, file.st_size, grown);
  if (error) return error;
  return (int)end_change(&file, real(fd, offset, length));
}

static uint64_t moment(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * 1000000000ull + now.tv_nsec;
}

/* A sync that has ended covers all that began before it, also those whose process was killed. */
static void forget_until(const char *name, uint64_t moment_max) {
  char path[PATH_MAX + 300];
  size_t length = strlen(name);
  DIR *all = opendir(notes);
  if (!all) give_up(__LINE__);
  for (struct dirent *one; (one = readdir(all));) {
    if (strncmp(one->d_name, name, length) != 0 || one->d_name[length] != '.') continue;
    if (strtoull(one->d_name + length + 1, NULL, 10) > moment_max) continue;
    snprintf(path, sizeof path, "%s/%s", notes, one->d_name);
    unlink(path);
  }
  closedir(all);
}

static int sync_with(int fd, int (*real)(int)) {
  char path[PATH_MAX], aside[PATH_MAX + 40], made[PATH_MAX];
  struct stat file;
  if (!ours(fd)) return real(fd);
  stop_if_cut();
  if (meets("slow")) usleep(500 * 1000);
  if (fstat(fd, &file) != 0) return -1;
  name_note(path, S_ISDIR(file.st_mode) ? "names" : "data", file.st_ino);
  /* Only what was written before the sync began is synced by it. */
  lock(file.st_ino, F_WRLCK);
  uint64_t began = moment();
  snprintf(aside, sizeof aside, "%s.%ju", path, (uintmax_t)began);
  rename(path, aside);
  lock(file.st_ino, F_UNLCK);
  int answer = real(fd);
  int error = errno;
  stop_if_cut();
  if (answer == 0) {
    name_note(made, "made", file.st_ino);
    unlink(made);
    forget_until(strrchr(path, '/') + 1, began);
  }
  errno = error;
  return answer;
}

int fsync(int fd) {
  REAL(fsync);
  return sync_with(fd, real);
}

int fdatasync(int fd) {
  REAL(fdatasync);
  return sync_with(fd, real);
}

/* `made INODE PATH` or `renamed INODE OLD NEW KEPT`: one line in the notes of the folder. */
static void note_name(const char *path, const char *line) {
  char folder[PATH_MAX], note[PATH_MAX];
  struct stat at;
  snprintf(folder, sizeof folder, "%s", path);
  char *cut = strrchr(folder, '/');
  if (cut) *cut = 0;
  else snprintf(folder, sizeof folder, ".");
  if (stat(folder, &at) != 0) return;
  struct iovec part = {(void *)line, strlen(line)};
  lock(at.st_ino, F_WRLCK);
  name_note(note, "names", at.st_ino);
  append(note, &part, 1);
  lock(at.st_ino, F_UNLCK);
}

static void full_path(const char *path, char *whole) {
  char folder[PATH_MAX];
  if (path[0] == '/' || !getcwd(folder, sizeof folder)) snprintf(whole, PATH_MAX, "%s", path);
  else if (snprintf(whole, PATH_MAX, "%s/%s", folder, path) >= PATH_MAX) give_up(__LINE__);
}

static void note_made(int fd, const char *path) {
  char whole[PATH_MAX], line[PATH_MAX + 100], made[PATH_MAX];
  struct stat file;
  if (fstat(fd, &file) != 0) return;
  full_path(path, whole);
  name_note(made, "made", file.st_ino);
  append(made, NULL, 0);
  snprintf(line, sizeof line, "%ju\tmade\t%ju\t%s\n", (uintmax_t)moment(),
           (uintmax_t)file.st_ino, whole);
  note_name(whole, line);
}

int open(const char *path, int flags, ...) {
  mode_t mode = 0;
  if (flags & O_CREAT) {
    va_list more;
    va_start(more, flags);
    mode = va_arg(more, mode_t);
    va_end(more);
  }
  int is_file_of_ours = is_inside(path);
  int is_new = is_file_of_ours && (flags & O_CREAT) && access(path, F_OK) != 0;
  if (is_new && meets("full")) {
    errno = ENOSPC;
    return -1;
  }
  if (is_file_of_ours && !is_new && (flags & O_TRUNC)) {
    int old = plain_open(path, O_RDWR | O_CLOEXEC, 0);
    if (old >= 0 && old < FDS) {
      is_ours[old] = 1;
      if (ftruncate(old, 0) != 0) give_up(__LINE__);
      is_ours[old] = 0;
      plain_close(old);
    }
  }
  int fd = plain_open(path, flags, mode);
  if (fd >= 0 && fd < FDS) is_ours[fd] = is_file_of_ours;
  if (fd >= 0 && is_new) note_made(fd, path);
  return fd;
}

int close(int fd) {
  if (fd >= 0 && fd < FDS) is_ours[fd] = 0;
  return plain_close(fd);
}

int unlink(const char *path) {
  REAL(unlink);
  struct stat file;
  if (!is_inside(path) || stat(path, &file) != 0 || file.st_nlink > 1) return real(path);
  char note[PATH_MAX];
  if (real(path) != 0) return -1;
  /* The number may be given to another file. */
  name_note(note, "data", file.st_ino);
  real(note);
  name_note(note, "made", file.st_ino);
  real(note);
  return 0;
}

int rename(const char *from, const char *to) {
  REAL(rename);
  if (!is_inside(from) || !is_inside(to)) return real(from, to);
  char old[PATH_MAX], new[PATH_MAX], kept[PATH_MAX + 40] = "-", line[3 * PATH_MAX + 200];
  struct stat file;
  uint64_t at = moment();
  stop_if_cut();
  full_path(from, old);
  full_path(to, new);
  if (stat(from, &file) != 0) return real(from, to);
  if (access(to, F_OK) == 0) {
    snprintf(kept, sizeof kept, "%s/kept-%ju-%d", notes, (uintmax_t)at, (int)getpid());
    if (link(to, kept) != 0) snprintf(kept, sizeof kept, "-");
  }
  int answer = real(from, to);
  if (answer == 0) {
    snprintf(line, sizeof line, "%ju\trenamed\t%ju\t%s\t%s\t%s\n", (uintmax_t)at,
             (uintmax_t)file.st_ino, old, new, kept);
    note_name(new, line);
  }
  return answer;
}
