namespace MPilot.Jobs.Fuzz.Mutations;

/// <summary>Changes which blocks there are, in which order, and what is in one of them.</summary>
internal static class BlockMutation
{
    /// <param name="blocks">Changed in place.</param>
    /// <param name="spare">Blocks of other inputs.</param>
    /// <param name="random">Decides.</param>
    public static void Change(List<Block> blocks, IReadOnlyList<Block> spare, Random random)
    {
        for (var changes = random.Next(1, 4); changes > 0 && blocks.Count > 0; changes--)
        {
            var at = random.Next(blocks.Count);
            var block = blocks[at];
            switch (random.Next(6))
            {
                case 0:
                    blocks.RemoveAt(at);
                    break;
                case 1:
                    blocks.Insert(random.Next(blocks.Count + 1), block);
                    break;
                case 2:
                    (blocks[at], blocks[^1]) = (blocks[^1], block);
                    break;
                case 3:
                    blocks.Insert(at, spare[random.Next(spare.Count)]);
                    break;
                default:
                    blocks[at] = block with { Payload = ByteMutation.Change(block.Payload, random) };
                    break;
            }
        }
    }
}
