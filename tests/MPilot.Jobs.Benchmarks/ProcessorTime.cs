using System.Diagnostics;

namespace MPilot.Jobs.Benchmarks;

internal static class ProcessorTime
{
    /// <summary>By all threads of this process, since it started.</summary>
    public static TimeSpan Spent
    {
        get
        {
            using var self = Process.GetCurrentProcess();
            return self.TotalProcessorTime;
        }
    }
}
