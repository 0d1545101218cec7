/* SPDX-License-Identifier: Apache-2.0
 * The program: the only file that may know every door. */
#include <stdio.h>

int main(void)
{
    fputs("usage: plumbline COMMAND [options]\n", stderr);
    return 2;
}
