/** A program that embeds Wireline and plays its servers, as anybody's would. */
module consumer {
  requires dev.wireline;
  requires dev.wireline.testing;
}
