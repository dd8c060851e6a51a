namespace MPilot.Jobs.Tests.Kit;

/// <summary>What the ports of a killed process answer, so that nothing of it goes on.</summary>
public sealed class ProcessKilledException() : Exception("The process was killed.");
