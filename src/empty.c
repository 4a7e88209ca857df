/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program of each layer's link check: it links the layer whole over the
 * layers it may use, so a call upwards fails the build. */
int
main (void)
{
  return 0;
}
