// The storage account and container of "Artifacts":{"Kind":"azure-blob"}, and a net under the service's own sweeper.
// Compiled and linted with the Bicep CLI; never deployed: there was no subscription to deploy it to. The lifecycle policy and the role are therefore
// untried, and Azurite, on which the service is tested, knows neither.

@description('The account, 3 to 24 small letters and digits, unlike any other in Azure.')
@minLength(3)
@maxLength(24)
param account string

@description('Where it is.')
param location string = resourceGroup().location

@description('Artifacts:Container.')
@minLength(3)
@maxLength(63)
param container string = 'mpilot-artifacts'

@description('Object id of the identity the service runs under, which may then read and write; empty: none, for use with the account\'s key.')
param principalId string = ''

@description('Whether the account\'s key may be used: Artifacts:Links "sas" needs it, an identity does not.')
param allowKey bool = empty(principalId)

@description('Days after which any blob goes. The service deletes what it no longer needs within minutes; this is for what it can no longer see to. More than Retention:Files, Retention:Results and the longest job together, or pictures in use go missing.')
@minValue(35)
param longestLifeDays int = 90

// Storage Blob Data Contributor.
var contributor = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'ba92f5b4-2d11-453d-a403-e96b0029c9fe')

resource storage 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: account
  location: location
  kind: 'StorageV2'
  sku: {
    name: 'Standard_ZRS'
  }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowSharedKeyAccess: allowKey
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
  }
}

// What is deleted is gone: artifacts are immutable, and pictures are not to be kept longer than promised.
resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2023-05-01' = {
  parent: storage
  name: 'default'
  properties: {
    isVersioningEnabled: false
    deleteRetentionPolicy: {
      enabled: false
    }
    containerDeleteRetentionPolicy: {
      enabled: true
      days: 7
    }
  }
}

resource artifacts 'Microsoft.Storage/storageAccounts/blobServices/containers@2023-05-01' = {
  parent: blobs
  name: container
  properties: {
    publicAccess: 'None'
  }
}

resource lifecycle 'Microsoft.Storage/storageAccounts/managementPolicies@2023-05-01' = {
  parent: storage
  name: 'default'
  properties: {
    policy: {
      rules: [
        {
          name: 'forgotten-artifacts'
          type: 'Lifecycle'
          enabled: true
          definition: {
            filters: {
              blobTypes: [
                'blockBlob'
              ]
              prefixMatch: [
                '${container}/objects/'
              ]
            }
            actions: {
              baseBlob: {
                delete: {
                  daysAfterCreationGreaterThan: longestLifeDays
                }
              }
            }
          }
        }
      ]
    }
  }
}

resource access 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(principalId)) {
  name: guid(artifacts.id, principalId, contributor)
  scope: artifacts
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: contributor
  }
}

@description('Artifacts:ServiceUri.')
output serviceUri string = storage.properties.primaryEndpoints.blob

@description('Artifacts:Container.')
output container string = artifacts.name
