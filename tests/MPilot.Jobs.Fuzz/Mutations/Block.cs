namespace MPilot.Jobs.Fuzz.Mutations;

/// <summary>One chunk or segment of a picture.</summary>
/// <param name="Name">Four letters, or a marker in decimal digits.</param>
/// <param name="Payload">Without length and checksum.</param>
/// <param name="Rest">What follows it and has no length: the scans of a JPEG.</param>
internal sealed record Block(string Name, byte[] Payload, byte[] Rest);
