using MPilot.Jobs.Api.Errors;
using MPilot.Jobs.Api.Security;
using MPilot.Jobs.Engine.Catalog;

namespace MPilot.Jobs.Api.Edits;

/// <summary>Finds the providers that the model and its fallbacks mean.</summary>
internal sealed class ChainResolver(ProviderCatalog catalog)
{
    /// <summary>The targets in order; those that cannot be found, or that the caller may not use, are mistakes.</summary>
    public IReadOnlyList<ModelResolution.Found> Resolve(EditWishes wishes, AllowedModels allowed, Mistakes mistakes)
    {
        var targets = new List<ModelResolution.Found>();
        if (wishes.Model is { } model)
        {
            Add(catalog.Resolve(model), EditFields.Model, model, targets, mistakes);
        }

        foreach (var fallback in wishes.Fallbacks)
        {
            Add(catalog.Resolve(fallback.Model), EditFields.Fallbacks, fallback.Model, targets, mistakes);
        }

        for (var i = 0; i < targets.Count; i++)
        {
            CheckAllowed(targets[i], i == 0 ? EditFields.Model : EditFields.Fallbacks, allowed, mistakes);
        }

        return targets;
    }

    /// <summary>The caller may use other models of the provider.</summary>
    public static void Block(Mistakes mistakes, string field, string provider, string model)
        => mistakes.Blocked(ErrorCatalog.ModelBlockedCode, field, $"The model {EditFields.Shown($"{provider}/{model}")} is not allowed for this virtual key.");

    /// <summary>The caller may use nothing of the provider.</summary>
    public static void BlockProvider(Mistakes mistakes, string field, string provider)
        => mistakes.Blocked(ErrorCatalog.ProviderBlockedCode, field, $"The provider {provider} is not allowed for this virtual key.");

    private static void CheckAllowed(ModelResolution.Found target, string field, AllowedModels allowed, Mistakes mistakes)
    {
        var provider = target.Provider.Name;
        if (!allowed.HasProvider(provider))
        {
            BlockProvider(mistakes, field, provider);
        }
        else if (!allowed.Has(provider, target.Model))
        {
            Block(mistakes, field, provider, target.Model);
        }
    }

    private static void Add(ModelResolution resolution, string field, string asked, List<ModelResolution.Found> targets, Mistakes mistakes)
    {
        var shown = EditFields.Shown(asked);
        switch (resolution)
        {
            // The default model is for callers who name one unknown model; a fallback to it must be spelt out.
            case ModelResolution.Found found when field == EditFields.Model || found.Warning is null:
                targets.Add(found);
                break;
            case ModelResolution.Ambiguous ambiguous:
                mistakes.Invalid(field, $"{shown} is served by several providers; name one of {string.Join(", ", ambiguous.Candidates)}.");
                break;
            case var _ when field == EditFields.Model:
                mistakes.Add(ErrorCatalog.ModelNotFoundCode, field, $"No provider serves the model {shown}.");
                break;
            default:
                mistakes.Invalid(field, $"The entry {shown} of fallbacks names no model that is served here.");
                break;
        }
    }
}
