using MPilot.Jobs.Domain.Plans;
using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Drivers;

namespace MPilot.Jobs.Engine.Catalog;

/// <summary>The configured providers, and which of them a model name means.</summary>
public sealed class ProviderCatalog
{
    private readonly Dictionary<string, ConfiguredProvider> _providers;
    private readonly IReadOnlyDictionary<string, string> _aliases;
    private readonly string? _defaultModel;

    public ProviderCatalog(MPilotOptions options, IEnumerable<IDriverKind> kinds)
    {
        var byKind = kinds.ToDictionary(k => k.Kind, StringComparer.Ordinal);
        _providers = options.Providers.ToDictionary(p => p.Key, p => Configure(p.Key, p.Value, byKind[p.Value.Kind], options.Currency), StringComparer.Ordinal);
        _aliases = options.Aliases;
        _defaultModel = options.DefaultModel;
    }

    /// <summary>All configured providers.</summary>
    public IReadOnlyCollection<ConfiguredProvider> Providers => _providers.Values;

    /// <summary>The provider of that name, or <c>null</c>: a job may outlive its provider's configuration.</summary>
    public ConfiguredProvider? Find(string provider) => _providers.GetValueOrDefault(provider);

    /// <summary>Finds the provider and model a caller means. An alias decides before a pattern does; the default model comes last.</summary>
    public ModelResolution Resolve(string model)
    {
        if (Prefixed(model) is { } prefixed)
        {
            return prefixed;
        }

        if (_aliases.TryGetValue(model, out var target))
        {
            return Prefixed(target) ?? new ModelResolution.Unknown();
        }

        var matches = _providers.Values.Where(p => p.Matches(model)).ToList();
        return matches.Count switch
        {
            1 => new ModelResolution.Found(matches[0], model),
            > 1 => new ModelResolution.Ambiguous([.. matches.Select(p => $"{p.Name}/{model}").Order(StringComparer.Ordinal)]),
            _ => Default(model),
        };
    }

    /// <summary>All models that are known by name: those of the providers, then the aliases.</summary>
    public IReadOnlyList<ServedModel> ListModels()
    {
        var served = _providers.Values.SelectMany(p => p.ListModels().Select(m => new ServedModel($"{p.Name}/{m}", p, m)));
        return
        [
            .. served.OrderBy(m => m.Id, StringComparer.Ordinal),
            .. _aliases.Keys.Order(StringComparer.Ordinal).Select(FindModel).OfType<ServedModel>(),
        ];
    }

    /// <summary>What an edit that asks for that model would get, or <c>null</c> where it would get nothing, or something else in its place.</summary>
    public ServedModel? FindModel(string id)
        => Resolve(id) is ModelResolution.Found { Warning: null } found ? new(id, found.Provider, found.Model) : null;

    private ModelResolution Default(string model)
    {
        if (_defaultModel is null || model.Contains('/', StringComparison.Ordinal) || Prefixed(_defaultModel) is not ModelResolution.Found found)
        {
            return new ModelResolution.Unknown();
        }

        var warning = new PlanWarning("model", null, "replaced", $"No provider serves a model of that name; the default {_defaultModel} is used.");
        return found with { Warning = warning };
    }

    private ModelResolution? Prefixed(string model)
    {
        var slash = model.IndexOf('/', StringComparison.Ordinal);
        if (slash < 1 || !_providers.TryGetValue(model[..slash], out var provider))
        {
            return null;
        }

        var name = model[(slash + 1)..];
        return name.Length > 0 && provider.Driver.Serves(name) ? new ModelResolution.Found(provider, name) : new ModelResolution.Unknown();
    }

    private static ConfiguredProvider Configure(string name, ProviderOptions options, IDriverKind kind, string currency)
    {
        for (var i = 0; i < options.Keys.Count; i++)
        {
            options.Keys[i].Name ??= $"key{i + 1}";
        }

        return new(name, options, kind.Create(name, options), options.Models.Count > 0 ? options.Models : kind.DefaultModels)
        {
            Prices = new(options, currency),
        };
    }
}
