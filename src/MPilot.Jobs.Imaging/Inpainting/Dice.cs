namespace MPilot.Jobs.Imaging.Inpainting;

/// <summary>Small, fast and repeatable: the same seed gives the same numbers (xorshift).</summary>
internal struct Dice(uint seed)
{
    private uint _state = seed | 1;

    /// <summary>A number from one to another, both included.</summary>
    public int Between(int least, int most)
    {
        _state ^= _state << 13;
        _state ^= _state >> 17;
        _state ^= _state << 5;
        return least + (int)(((ulong)_state * (uint)(most - least + 1)) >> 32);
    }
}
