namespace MPilot.Jobs.Chaos;

/// <summary>Lets time pass: a campaign is about what happens at moments that nobody chose.</summary>
internal static class Elapsing
{
    public static Task ElapseAsync(this TimeProvider time, TimeSpan span) => Task.Delay(span, time);
}
