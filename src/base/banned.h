/* SPDX-License-Identifier: Apache-2.0
 * base/banned.h: functions that invite mistakes do not compile. Included before every source file by the build. What to
 * use instead stands in the name the compiler prints. */
#pragma once

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define BANNED(name, use) banned_##name##_use_##use

#undef strcpy
#define strcpy(...) BANNED(strcpy, str_dup)
#undef strcat
#define strcat(...) BANNED(strcat, buf_add)
#undef strncpy
#define strncpy(...) BANNED(strncpy, str_dup)
#undef strncat
#define strncat(...) BANNED(strncat, buf_add)
#undef strtok
#define strtok(...) BANNED(strtok, str_cut)
#undef sprintf
#define sprintf(...) BANNED(sprintf, str_fmt)
#undef vsprintf
#define vsprintf(...) BANNED(vsprintf, str_vfmt)
#undef sscanf
#define sscanf(...) BANNED(sscanf, str_to_i64)
#undef atoi
#define atoi(...) BANNED(atoi, str_to_i64)
#undef atol
#define atol(...) BANNED(atol, str_to_i64)
#undef atof
#define atof(...) BANNED(atof, str_to_i64)
#undef strtol
#define strtol(...) BANNED(strtol, str_to_i64)
#undef strtoul
#define strtoul(...) BANNED(strtoul, str_to_i64)
#undef gmtime
#define gmtime(...) BANNED(gmtime, base_time)
#undef localtime
#define localtime(...) BANNED(localtime, base_zone)
#undef ctime
#define ctime(...) BANNED(ctime, base_time)
#undef asctime
#define asctime(...) BANNED(asctime, base_time)
#undef rand
#define rand(...) BANNED(rand, world_random)
#undef random
#undef alloca
#define alloca(...) BANNED(alloca, arena_alloc)
#undef system
#define system(...) BANNED(system, posix_spawn)
#undef popen
#define popen(...) BANNED(popen, posix_spawn)
#undef mktemp
#define mktemp(...) BANNED(mktemp, mkstemp)
#undef tmpnam
#define tmpnam(...) BANNED(tmpnam, mkstemp)
