using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

using MPilot.Jobs.Engine.Configuration;

namespace MPilot.Jobs.Hosting.Configuration;

/// <summary>The levels in the section <c>Logging</c>, for all logs and for one kind of log: the framework would throw on an unknown one.</summary>
internal static class LogLevels
{
    private const string Section = "LogLevel";

    public static IEnumerable<OptionMistake> Validate(IConfigurationSection logging)
        => logging.GetChildren().Select(child => child.GetSection(Section)).Prepend(logging.GetSection(Section))
            .SelectMany(levels => levels.GetChildren())
            .Where(level => level.Value is { Length: > 0 } text && !(Enum.TryParse<LogLevel>(text, ignoreCase: true, out var known) && Enum.IsDefined(known)))
            .Select(level => new OptionMistake(level.Path, $"must be one of {string.Join(", ", Enum.GetNames<LogLevel>())}."));
}
