/* A clock on the wall that is set forth and back by ten years again and again (LD_PRELOAD); the one that measures is left alone. */
#define _GNU_SOURCE
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#define YEARS (10L * 365 * 86400)

static long asked;

int clock_gettime(clockid_t clock, struct timespec *time) {
  long failed = syscall(SYS_clock_gettime, clock, time);
  if (failed == 0 && clock == CLOCK_REALTIME) {
    time->tv_sec += (__sync_add_and_fetch(&asked, 1) / 7 % 2) ? YEARS : -YEARS;
  }
  return (int) failed;
}

int gettimeofday(struct timeval *time, void *zone) {
  struct timespec now;
  (void) zone;
  clock_gettime(CLOCK_REALTIME, &now);
  time->tv_sec = now.tv_sec;
  time->tv_usec = now.tv_nsec / 1000;
  return 0;
}
