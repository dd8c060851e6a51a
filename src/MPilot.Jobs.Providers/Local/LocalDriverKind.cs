using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Drivers;
using MPilot.Jobs.Engine.Imaging;
using MPilot.Jobs.Providers.Settings;

namespace MPilot.Jobs.Providers.Local;

/// <summary>The driver of the built-in editor.</summary>
internal sealed class LocalDriverKind(IPictureEditor editor) : IDriverKind
{
    public string Kind => "local";

    public IReadOnlyList<string> DefaultModels => LocalModels.All;

    public IEnumerable<OptionMistake> Validate(ProviderOptions options)
    {
        if (options.Keys.Count > 0)
        {
            yield return new("Keys", "The built-in editor takes no keys.");
        }

        if (options.BaseUrl is not null)
        {
            yield return new("BaseUrl", "The built-in editor calls nobody.");
        }

        foreach (var mistake in ProviderRules.Renamings(options))
        {
            yield return mistake;
        }
    }

    public IDriver Create(string provider, ProviderOptions options) => new LocalDriver(editor, new(LocalModels.Known, options.Capabilities));
}
