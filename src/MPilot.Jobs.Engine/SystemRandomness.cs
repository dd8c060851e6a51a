using System.Security.Cryptography;

namespace MPilot.Jobs.Engine;

/// <summary>Chance from the operating system.</summary>
public sealed class SystemRandomness : IRandomness
{
    private const int Resolution = 1 << 30;

    public double NextUnit() => RandomNumberGenerator.GetInt32(Resolution) / (double)Resolution;
}
