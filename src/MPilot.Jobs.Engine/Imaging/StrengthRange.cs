namespace MPilot.Jobs.Engine.Imaging;

/// <summary>The least and the greatest edit strength of a mask, 0..255.</summary>
public readonly record struct StrengthRange(byte Least, byte Greatest);
