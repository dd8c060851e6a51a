namespace MPilot.Jobs.Engine.Configuration;

/// <summary>One mistake in the configuration.</summary>
/// <param name="Key">The key, relative to the section that was checked, with <c>:</c> between levels.</param>
/// <param name="Message">What is wrong and what would be right; never a secret.</param>
public sealed record OptionMistake(string Key, string Message);
