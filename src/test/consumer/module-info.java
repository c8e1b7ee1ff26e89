/** A program that embeds Wireline, as anybody's would. */
module consumer {
  requires dev.wireline;
}
