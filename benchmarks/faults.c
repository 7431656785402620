/* Stands between a process and its file system (LD_PRELOAD) and lets it fail at one chosen operation.
 *
 * Counted are the operations on files under the root that change something or make it last: open with O_CREAT or
 * O_TRUNC, write, pwrite, fsync, fdatasync, ftruncate, rename, unlink, mkdir. At the one that was armed:
 *
 *   KILL   the process dies before it;
 *   TORN   a part of what is written reaches the file, then the process dies;
 *   POWER  the process dies, and of what was never synced an arbitrary part is taken back: for every file the operations
 *          from some point on, for every folder the names made, changed or removed from some point on;
 *   SHORT  a write takes a part and succeeds, as write(2) may;
 *   ENOSPC, EIO  this operation and every later one of its kind fails, or with `once` this one alone.
 */
#pragma GCC diagnostic ignored "-Wformat-truncation"
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

enum { OFF, KILL, TORN, POWER, SHORT, FULL, BROKEN };
enum { DATA, CREATE, RENAME, UNLINK, MKDIR };
#define FDS 4096

static char root[PATH_MAX], side[PATH_MAX];
static size_t root_length;
static long armed_at, done;
static int kind, once, failing, dying;
static unsigned seed;
static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static struct { int tracked, twin; ino_t inode; char path[PATH_MAX]; } files[FDS];

/* What was done and never synced, latest first. */
struct change {
    int what, twin;
    ino_t inode;                  /* of the file written to, or of the folder that holds the name */
    off_t offset, size;           /* where was written, and how long the file was */
    size_t length;
    char *old;                    /* what stood there */
    char path[PATH_MAX], other[PATH_MAX], backup[PATH_MAX];
    struct change *next;
};
static struct change *changes;

#define REAL(result, name, arguments) static result (*real_##name) arguments; \
    if (!real_##name) real_##name = dlsym(RTLD_NEXT, #name)

static int real_rename_(const char *a, const char *b) { REAL(int, rename, (const char *, const char *)); return real_rename(a, b); }
static int real_unlink_(const char *p) { REAL(int, unlink, (const char *)); return real_unlink(p); }
static ssize_t real_pwrite_(int fd, const void *b, size_t n, off_t o) { REAL(ssize_t, pwrite64, (int, const void *, size_t, off_t)); return real_pwrite64(fd, b, n, o); }
static int real_ftruncate_(int fd, off_t n) { REAL(int, ftruncate64, (int, off_t)); return real_ftruncate64(fd, n); }
static int real_open_(const char *p, int flags, mode_t mode) { REAL(int, open64, (const char *, int, ...)); return real_open64(p, flags, mode); }

void faults_arm(const char *where, const char *beside, long at, int how, int only_once, unsigned random_seed)
{
    pthread_mutex_lock(&gate);
    snprintf(root, sizeof root, "%s", where);
    snprintf(side, sizeof side, "%s", beside);
    root_length = strlen(root);
    armed_at = at, kind = how, once = only_once, seed = random_seed, done = 0, failing = 0;
    pthread_mutex_unlock(&gate);
}

long faults_done(void) { return done; }

/* For a process that is started whole: FAULTS="root|side|at|kind|once|seed". */
__attribute__((constructor)) static void arm_from_environment(void)
{
    char where[PATH_MAX], beside[PATH_MAX];
    long at;
    int how, only_once;
    unsigned random_seed;
    const char *told = getenv("FAULTS");
    if (told && sscanf(told, "%4095[^|]|%4095[^|]|%ld|%d|%d|%u", where, beside, &at, &how, &only_once, &random_seed) == 6)
        faults_arm(where, beside, at, how, only_once, random_seed);
}

static int ours(const char *path) { return root_length && path && !strncmp(path, root, root_length); }

static ino_t folder_of(const char *path)
{
    char folder[PATH_MAX];
    struct stat found;
    snprintf(folder, sizeof folder, "%s", path);
    char *end = strrchr(folder, '/');
    if (end) *end = 0;
    return stat(folder, &found) ? 0 : found.st_ino;
}

static struct change *note(int what, ino_t inode, const char *path)
{
    if (kind != POWER) return NULL;
    struct change *change = calloc(1, sizeof *change);
    change->what = what, change->inode = inode, change->twin = -1;
    snprintf(change->path, sizeof change->path, "%s", path);
    change->next = changes;
    return changes = change;
}

static void settle(ino_t inode, int names)
{
    for (struct change **at = &changes; *at;) {
        if ((*at)->inode == inode && ((*at)->what != DATA) == names) {
            struct change *gone = *at;
            *at = gone->next;
            if (gone->backup[0]) real_unlink_(gone->backup);
            free(gone->old);
            free(gone);
        } else at = &(*at)->next;
    }
}

static void keep(const char *path, char *backup)
{
    static int number;
    struct stat found;
    if (kind != POWER || stat(path, &found)) return;
    snprintf(backup, PATH_MAX, "%s/%d-%d", side, (int)getpid(), number++);
    if (link(path, backup)) backup[0] = 0;
}

/* For every file and folder a point is drawn; what was done after it is taken back, latest first. */
static void lose_power(void)
{
    struct { ino_t inode; int names, left; } cuts[256];
    int many = 0;
    for (struct change *change = changes; change; change = change->next) {
        int names = change->what != DATA, i;
        for (i = 0; i < many && !(cuts[i].inode == change->inode && cuts[i].names == names); i++);
        if (i == many) { if (many == 256) break; cuts[many].inode = change->inode; cuts[many].names = names; cuts[many++].left = 0; }
        cuts[i].left++;
    }
    for (int i = 0; i < many; i++)
        cuts[i].left = rand_r(&seed) % 3 ? cuts[i].left : rand_r(&seed) % (cuts[i].left + 1);
    for (struct change *change = changes; change; change = change->next) {
        int names = change->what != DATA, i;
        for (i = 0; i < many && !(cuts[i].inode == change->inode && cuts[i].names == names); i++);
        if (i == many || cuts[i].left-- <= 0) continue;
        char command[PATH_MAX + 16];
        switch (change->what) {
        case DATA:
            if (change->twin < 0) break;
            if (change->length) real_pwrite_(change->twin, change->old, change->length, change->offset);
            real_ftruncate_(change->twin, change->size);
            break;
        case CREATE: real_unlink_(change->path); break;
        case RENAME:
            real_rename_(change->other, change->path);
            if (change->backup[0]) real_rename_(change->backup, change->other);
            break;
        case UNLINK: if (change->backup[0]) real_rename_(change->backup, change->path); break;
        case MKDIR:
            unsetenv("LD_PRELOAD");
            snprintf(command, sizeof command, "rm -rf '%s'", change->path);
            if (system(command)) break;
        }
    }
}

static void die(void)
{
    dying = 1;
    if (kind == POWER) lose_power();
    kill(getpid(), SIGKILL);
    for (;;) pause();
}

/* Counts one operation; what is to become of it. Called with the gate held. */
static int strike(int writes)
{
    if (dying) for (;;) pause();
    if (kind == OFF) return OFF;
    done++;
    if (failing) return kind;
    if (done < armed_at) return OFF;
    if (done > armed_at && (once || kind < FULL)) return OFF;
    if (kind == KILL || kind == POWER) die();
    if (kind == TORN || kind == SHORT) { if (writes) return kind; if (kind == TORN) die(); return OFF; }
    failing = !once;
    return kind;
}

static int refuse(int fate) { errno = fate == FULL ? ENOSPC : EIO; return -1; }

static int open_as(int (*real)(const char *, int, ...), const char *path, int flags, mode_t mode)
{
    if (!ours(path) || !(flags & (O_WRONLY | O_RDWR | O_CREAT))) return real(path, flags, mode);
    pthread_mutex_lock(&gate);
    struct stat found;
    int fresh = stat(path, &found) != 0, fate = OFF;
    if ((fresh && flags & O_CREAT) || flags & O_TRUNC) fate = strike(0);
    if (fate >= FULL) { pthread_mutex_unlock(&gate); return refuse(fate); }
    if (!fresh && flags & O_TRUNC) {  /* as if the old file were another: its content may come back */
        struct change *change = note(DATA, found.st_ino, path);
        if (change && (change->old = malloc(found.st_size + 1))) {
            change->size = change->length = found.st_size;
            change->twin = real_open_(path, O_RDWR, 0);
            if (pread(change->twin, change->old, found.st_size, 0) < 0) change->length = 0;
        }
    }
    int fd = real(path, flags, mode);
    if (fd >= 0 && fd < FDS) {
        if (fresh && flags & O_CREAT) note(CREATE, folder_of(path), path);
        fstat(fd, &found);
        files[fd].tracked = 1, files[fd].inode = found.st_ino;
        files[fd].twin = kind == POWER ? real_open_(path, O_RDWR, 0) : -1;
        snprintf(files[fd].path, sizeof files[fd].path, "%s", path);
    }
    pthread_mutex_unlock(&gate);
    return fd;
}

#define OPEN(name) int name(const char *path, int flags, ...) { \
    REAL(int, name, (const char *, int, ...)); \
    mode_t mode = 0; \
    if (flags & (O_CREAT | __O_TMPFILE)) { va_list rest; va_start(rest, flags); mode = va_arg(rest, mode_t); va_end(rest); } \
    return open_as(real_##name, path, flags, mode); }
OPEN(open)
OPEN(open64)

int close(int fd)
{
    REAL(int, close, (int));
    if (fd >= 0 && fd < FDS) files[fd].tracked = 0;  /* the twin stays, to write back with */
    return real_close(fd);
}

static void note_write(int fd, off_t offset, size_t length)
{
    struct change *change = note(DATA, files[fd].inode, files[fd].path);
    if (!change) return;
    struct stat found;
    fstat(fd, &found);
    change->size = found.st_size, change->offset = offset, change->twin = files[fd].twin;
    if (offset < found.st_size) {
        change->length = (size_t)(found.st_size - offset) < length ? (size_t)(found.st_size - offset) : length;
        change->old = malloc(change->length + 1);
        if (pread(change->twin, change->old, change->length, offset) < 0) change->length = 0;
    }
}

static ssize_t write_as(ssize_t (*real)(int, const void *, size_t), ssize_t (*real_at)(int, const void *, size_t, off_t),
                        int fd, const void *data, size_t length, off_t offset)
{
    if (fd < 0 || fd >= FDS || !files[fd].tracked) return real ? real(fd, data, length) : real_at(fd, data, length, offset);
    pthread_mutex_lock(&gate);
    int fate = strike(1);
    if (fate >= FULL) { pthread_mutex_unlock(&gate); return refuse(fate); }
    if (fate == TORN || fate == SHORT) length = length > 1 ? 1 + rand_r(&seed) % (length - 1) : length;
    note_write(fd, real ? lseek(fd, 0, SEEK_CUR) : offset, length);
    ssize_t written = real ? real(fd, data, length) : real_at(fd, data, length, offset);
    if (fate == TORN) die();
    pthread_mutex_unlock(&gate);
    return written;
}

ssize_t write(int fd, const void *data, size_t length)
{
    REAL(ssize_t, write, (int, const void *, size_t));
    return write_as(real_write, NULL, fd, data, length, 0);
}
ssize_t pwrite(int fd, const void *data, size_t length, off_t offset)
{
    REAL(ssize_t, pwrite, (int, const void *, size_t, off_t));
    return write_as(NULL, real_pwrite, fd, data, length, offset);
}
ssize_t pwrite64(int fd, const void *data, size_t length, off_t offset)
{
    REAL(ssize_t, pwrite64, (int, const void *, size_t, off_t));
    return write_as(NULL, real_pwrite64, fd, data, length, offset);
}

static int sync_as(int (*real)(int), int fd)
{
    struct stat found;
    char path[64], target[PATH_MAX];
    int folder = 0;
    if (fstat(fd, &found)) return -1;
    if (S_ISDIR(found.st_mode)) {
        snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
        ssize_t length = readlink(path, target, sizeof target - 1);
        target[length > 0 ? length : 0] = 0;
        folder = 1;
    }
    if (!(folder ? ours(target) || (root_length && !strncmp(root, target, strlen(target)))
                 : fd < FDS && files[fd].tracked)) return real(fd);
    pthread_mutex_lock(&gate);
    int fate = strike(0);
    if (fate >= FULL) { pthread_mutex_unlock(&gate); return refuse(fate); }
    settle(found.st_ino, folder);
    pthread_mutex_unlock(&gate);
    return 0;  /* the real one would cost the campaign hours and change nothing that can be seen here */
}
int fsync(int fd) { REAL(int, fsync, (int)); return sync_as(real_fsync, fd); }
int fdatasync(int fd) { REAL(int, fdatasync, (int)); return sync_as(real_fdatasync, fd); }

static int truncate_as(int (*real)(int, off_t), int fd, off_t length)
{
    if (fd < 0 || fd >= FDS || !files[fd].tracked) return real(fd, length);
    pthread_mutex_lock(&gate);
    int fate = strike(0);
    if (fate >= FULL) { pthread_mutex_unlock(&gate); return refuse(fate); }
    struct stat found;
    fstat(fd, &found);
    note_write(fd, length, found.st_size > length ? found.st_size - length : 0);
    int result = real(fd, length);
    pthread_mutex_unlock(&gate);
    return result;
}
int ftruncate(int fd, off_t length) { REAL(int, ftruncate, (int, off_t)); return truncate_as(real_ftruncate, fd, length); }
int ftruncate64(int fd, off_t length) { REAL(int, ftruncate64, (int, off_t)); return truncate_as(real_ftruncate64, fd, length); }

int rename(const char *old, const char *new)
{
    if (!ours(new)) return real_rename_(old, new);
    pthread_mutex_lock(&gate);
    int fate = strike(0);
    if (fate >= FULL) { pthread_mutex_unlock(&gate); return refuse(fate); }
    char backup[PATH_MAX] = "";
    keep(new, backup);
    int result = real_rename_(old, new);
    struct change *change = result ? NULL : note(RENAME, folder_of(new), old);
    if (change) {
        snprintf(change->other, sizeof change->other, "%s", new);
        snprintf(change->backup, sizeof change->backup, "%s", backup);
    }
    pthread_mutex_unlock(&gate);
    return result;
}
int renameat(int a, const char *old, int b, const char *new)
{
    REAL(int, renameat, (int, const char *, int, const char *));
    return ours(new) ? rename(old, new) : real_renameat(a, old, b, new);
}

int unlink(const char *path)
{
    if (!ours(path)) return real_unlink_(path);
    pthread_mutex_lock(&gate);
    int fate = strike(0);
    if (fate >= FULL) { pthread_mutex_unlock(&gate); return refuse(fate); }
    char backup[PATH_MAX] = "";
    keep(path, backup);
    int result = real_unlink_(path);
    struct change *change = result ? NULL : note(UNLINK, folder_of(path), path);
    if (change) snprintf(change->backup, sizeof change->backup, "%s", backup);
    pthread_mutex_unlock(&gate);
    return result;
}

int mkdir(const char *path, mode_t mode)
{
    REAL(int, mkdir, (const char *, mode_t));
    if (!ours(path)) return real_mkdir(path, mode);
    pthread_mutex_lock(&gate);
    int fate = strike(0);
    if (fate >= FULL) { pthread_mutex_unlock(&gate); return refuse(fate); }
    int result = real_mkdir(path, mode);
    if (!result) note(MKDIR, folder_of(path), path);
    pthread_mutex_unlock(&gate);
    return result;
}
