using MPilot.Jobs.Engine.Configuration;

namespace MPilot.Jobs.Hosting.Configuration;

/// <summary>The configuration has mistakes: all of them, each with its full key.</summary>
public sealed class ConfigurationException : Exception
{
    public ConfigurationException()
    {
    }

    public ConfigurationException(string message)
        : base(message)
    {
    }

    public ConfigurationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public ConfigurationException(IReadOnlyList<OptionMistake> mistakes)
        : base(string.Join(Environment.NewLine, mistakes.Select(m => $"{m.Key}: {m.Message}")))
        => Mistakes = mistakes;

    public IReadOnlyList<OptionMistake> Mistakes { get; } = [];
}
