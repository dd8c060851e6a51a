namespace MPilot.Jobs.Chaos.Cluster;

/// <summary>The doors of all silos: every request goes to the next one that is open.</summary>
internal sealed class Entrances(IReadOnlyList<Door> doors) : IEntrance
{
    private int _next = -1;

    public async Task<Uri> AddressAsync()
    {
        var first = (uint)Interlocked.Increment(ref _next);
        for (var i = 0u; i < doors.Count; i++)
        {
            if (doors[(int)((first + i) % doors.Count)] is { IsOpen: true } door)
            {
                return await door.AddressAsync();
            }
        }

        return await await Task.WhenAny(doors.Select(d => d.AddressAsync()));
    }
}
