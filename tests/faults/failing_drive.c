/* Put in front of the C library (LD_PRELOAD): reading one file fails with EIO within a range of bytes, as on a
   drive with bad sectors, for as long as a second file, the switch, exists. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static int fails(int file, off_t start, size_t count)
{
    const char *name = getenv("FAILING_FILE"), *on = getenv("FAILING_SWITCH");
    const char *from = getenv("FAILING_FROM"), *to = getenv("FAILING_TO");
    struct stat wanted, found;
    if (!name || !on || !from || !to || access(on, F_OK) || stat(name, &wanted) || fstat(file, &found))
        return 0;
    if (wanted.st_dev != found.st_dev || wanted.st_ino != found.st_ino)
        return 0;
    return start < atoll(to) && start + (off_t)count > atoll(from);
}

ssize_t read(int file, void *buffer, size_t count)
{
    static ssize_t (*real)(int, void *, size_t);
    int before = errno;
    off_t place = lseek(file, 0, SEEK_CUR);
    int bad = place >= 0 && fails(file, place, count);
    errno = bad ? EIO : before;
    if (!real)
        real = (ssize_t(*)(int, void *, size_t))dlsym(RTLD_NEXT, "read");
    return bad ? -1 : real(file, buffer, count);
}
